package org.flow6.packets.dhcpv6;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.DomainName;
import org.flow6.packets.MalformedReason;
import org.projectfloodlight.openflow.types.IPv6Address;

/** How the body of each option that has a record is decoded. */
final class OptionFormats {
    interface Format {
        Decoded<Dhcpv6Option> decode(Bytes body, OptionDecoder within);
    }

    static final Map<Integer, Format> ALL = Map.ofEntries(
            entry(ClientId.CODE, of(Duid::decode, ClientId::new)),
            entry(ServerId.CODE, of(Duid::decode, ServerId::new)),
            entry(IaNa.CODE, containing(IaNa.FIXED_LENGTH, IaNa::of)),
            entry(IaTa.CODE, containing(IaTa.FIXED_LENGTH, IaTa::of)),
            entry(IaAddress.CODE, containing(IaAddress.FIXED_LENGTH, IaAddress::of)),
            entry(OptionRequest.CODE, of(OptionFormats::shorts, OptionRequest::new)),
            entry(Preference.CODE, exactly(1, body -> new Preference(body.unsignedByte(0)))),
            entry(ElapsedTime.CODE, exactly(2, body -> new ElapsedTime(body.unsignedShort(0)))),
            entry(RelayMessage.CODE, OptionFormats::relayed),
            entry(Authentication.CODE, atLeast(Authentication.FIXED_LENGTH, Authentication::of)),
            entry(ServerUnicast.CODE, exactly(IPv6Address.LENGTH, body -> new ServerUnicast(body.ipv6Address(0)))),
            entry(StatusCode.CODE, after(2, Text::decode, StatusCode::of)),
            entry(RapidCommit.CODE, exactly(0, body -> new RapidCommit())),
            entry(UserClass.CODE, atLeastOne(of(LengthPrefixed::decodeAll, UserClass::new))),
            entry(VendorClass.CODE, after(4, LengthPrefixed::decodeAll, VendorClass::of)),
            entry(VendorOptions.CODE, after(4, SubOption::decodeAll, VendorOptions::of)),
            entry(InterfaceId.CODE, atLeast(0, InterfaceId::new)),
            entry(ReconfigureMessage.CODE, exactly(1, body -> new ReconfigureMessage(body.unsignedByte(0)))),
            entry(ReconfigureAccept.CODE, exactly(0, body -> new ReconfigureAccept())),
            entry(DnsServers.CODE, of(OptionFormats::addresses, DnsServers::new)),
            entry(DomainList.CODE, of(DomainName::decodeAll, DomainList::new)),
            entry(IaPd.CODE, containing(IaPd.FIXED_LENGTH, IaPd::of)),
            entry(IaPrefix.CODE, OptionFormats::prefix),
            entry(SntpServers.CODE, of(OptionFormats::addresses, SntpServers::new)),
            entry(InformationRefreshTime.CODE, exactly(4, body -> new InformationRefreshTime(body.unsignedInt(0)))),
            entry(RemoteId.CODE, atLeast(4, body -> new RemoteId(body.unsignedInt(0), body.slice(4)))),
            entry(ClientFqdn.CODE, (body, within) -> ClientFqdn.decode(body)),
            entry(RelayId.CODE, of(Duid::decode, RelayId::new)),
            entry(NtpServer.CODE, of(NtpSource::decodeAll, NtpServer::new)),
            entry(BootfileUrl.CODE, of(Text::decode, BootfileUrl::new)),
            entry(BootfileParameters.CODE, of(BootfileParameters::texts, BootfileParameters::new)),
            entry(ClientArchitectures.CODE, atLeastOne(of(OptionFormats::shorts, ClientArchitectures::new))),
            entry(PdExclude.CODE, (body, within) -> PdExclude.decode(body)),
            entry(ClientLinkLayerAddress.CODE, atLeast(2, ClientLinkLayerAddress::of)),
            entry(SolMaxRt.CODE, exactly(4, body -> new SolMaxRt(body.unsignedInt(0)))),
            entry(InfMaxRt.CODE, exactly(4, body -> new InfMaxRt(body.unsignedInt(0)))),
            entry(CaptivePortal.CODE, of(Text::decode, CaptivePortal::new)));

    private OptionFormats() {}

    /** A body that is one value. */
    private static <T> Format of(Function<Bytes, Decoded<T>> value, Function<T, Dhcpv6Option> option) {
        return (body, within) -> value.apply(body).then(decoded -> Decoded.ok(option.apply(decoded)));
    }

    private static Format exactly(int length, Function<Bytes, Dhcpv6Option> option) {
        return (body, within) -> body.length() == length ? Decoded.ok(option.apply(body)) : wrongLength();
    }

    private static Format atLeast(int length, Function<Bytes, Dhcpv6Option> option) {
        return (body, within) -> body.length() >= length ? Decoded.ok(option.apply(body)) : wrongLength();
    }

    /** A body that is not empty. */
    private static Format atLeastOne(Format format) {
        return (body, within) -> body.isEmpty() ? wrongLength() : format.decode(body, within);
    }

    /** Fields of a fixed length, and a value after them. */
    private static <T> Format after(
            int fixed, Function<Bytes, Decoded<T>> value, BiFunction<Bytes, T, Dhcpv6Option> option) {
        return (body, within) -> body.length() < fixed
                ? wrongLength()
                : value.apply(body.slice(fixed)).then(decoded -> Decoded.ok(option.apply(body, decoded)));
    }

    /** Fields of a fixed length, and options after them. */
    private static Format containing(int fixed, BiFunction<Bytes, List<Dhcpv6Option>, Dhcpv6Option> option) {
        return (body, within) -> body.length() < fixed
                ? wrongLength()
                : within.inner().decodeAll(body.slice(fixed)).then(options -> Decoded.ok(option.apply(body, options)));
    }

    private static Decoded<Dhcpv6Option> relayed(Bytes body, OptionDecoder within) {
        return within.message().inner().decode(body).then(message -> Decoded.ok(new RelayMessage(message)));
    }

    private static Decoded<Dhcpv6Option> prefix(Bytes body, OptionDecoder within) {
        if (body.length() >= IaPrefix.FIXED_LENGTH && IaPrefix.prefixLength(body) > IaPrefix.MAX_PREFIX_LENGTH) {
            return Decoded.malformed(MalformedReason.DHCPV6_PREFIX_LENGTH);
        }
        return containing(IaPrefix.FIXED_LENGTH, IaPrefix::of).decode(body, within);
    }

    private static Decoded<List<Integer>> shorts(Bytes body) {
        if (body.length() % 2 != 0) {
            return Decoded.malformed(MalformedReason.DHCPV6_OPTION_LENGTH);
        }
        List<Integer> values = new ArrayList<>(body.length() / 2);
        for (int at = 0; at < body.length(); at += 2) {
            values.add(body.unsignedShort(at));
        }
        return Decoded.ok(values);
    }

    private static Decoded<List<IPv6Address>> addresses(Bytes body) {
        if (body.length() % IPv6Address.LENGTH != 0) {
            return Decoded.malformed(MalformedReason.DHCPV6_OPTION_LENGTH);
        }
        List<IPv6Address> addresses = new ArrayList<>(body.length() / IPv6Address.LENGTH);
        for (int at = 0; at < body.length(); at += IPv6Address.LENGTH) {
            addresses.add(body.ipv6Address(at));
        }
        return Decoded.ok(addresses);
    }

    private static Decoded<Dhcpv6Option> wrongLength() {
        return Decoded.malformed(MalformedReason.DHCPV6_OPTION_LENGTH);
    }
}
