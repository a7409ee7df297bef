package org.flow6.packets.dhcpv6;

import java.util.List;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.DomainName;
import org.flow6.packets.MalformedReason;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Where time comes from (RFC 5908 §4). */
public sealed interface NtpSource {
    /** It as a suboption of an {@link NtpServer}. */
    SubOption suboption();

    /** A server's address (RFC 5908 §4.1). */
    record Server(IPv6Address address) implements NtpSource {
        static final int CODE = 1;

        @Override
        public SubOption suboption() {
            return new SubOption(CODE, Bytes.of(address.getBytes()));
        }
    }

    /** A group that servers send to (RFC 5908 §4.2). */
    record Multicast(IPv6Address address) implements NtpSource {
        static final int CODE = 2;

        @Override
        public SubOption suboption() {
            return new SubOption(CODE, Bytes.of(address.getBytes()));
        }
    }

    /** A server's name (RFC 5908 §4.3). */
    record Name(DomainName name) implements NtpSource {
        static final int CODE = 3;

        @Override
        public SubOption suboption() {
            return new SubOption(CODE, name.encode());
        }
    }

    /** A suboption that RFC 5908 does not have; not of code 1, 2 or 3. */
    record Other(SubOption suboption) implements NtpSource {
        public Other {
            if (suboption.code() >= Server.CODE && suboption.code() <= Name.CODE) {
                throw new IllegalArgumentException("suboption " + suboption.code() + " has a record of its own");
            }
        }
    }

    static Decoded<List<NtpSource>> decodeAll(Bytes body) {
        return SubOption.decodeAll(body).then(suboptions -> Decoded.each(suboptions, NtpSource::decode));
    }

    private static Decoded<NtpSource> decode(SubOption suboption) {
        Bytes data = suboption.data();
        int code = suboption.code();
        if (code == Name.CODE) {
            return DomainName.decodeAll(data)
                    .then(names -> names.size() == 1 ? Decoded.ok(new Name(names.get(0))) : wrongLength());
        }
        if (code != Server.CODE && code != Multicast.CODE) {
            return Decoded.ok(new Other(suboption));
        }
        if (data.length() != IPv6Address.LENGTH) {
            return wrongLength();
        }
        IPv6Address address = data.ipv6Address(0);
        return Decoded.ok(code == Server.CODE ? new Server(address) : new Multicast(address));
    }

    private static Decoded<NtpSource> wrongLength() {
        return Decoded.malformed(MalformedReason.DHCPV6_OPTION_LENGTH);
    }
}
