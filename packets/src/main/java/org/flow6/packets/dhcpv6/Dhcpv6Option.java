package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.Encodable;

/** A DHCPv6 option (RFC 8415 §21.1). */
public sealed interface Dhcpv6Option extends Encodable
        permits AddressList,
                Authentication,
                BootfileParameters,
                ClientArchitectures,
                ClientFqdn,
                ClientLinkLayerAddress,
                DomainList,
                DuidOption,
                ElapsedTime,
                EmptyOption,
                IdentityAssociation,
                InterfaceId,
                Lease,
                NtpServer,
                OptionRequest,
                PdExclude,
                Preference,
                ReconfigureMessage,
                RelayMessage,
                RemoteId,
                SecondsOption,
                ServerUnicast,
                StatusCode,
                TextOption,
                UnknownOption,
                UserClass,
                VendorClass,
                VendorOptions {
    /** Octets of code and length. */
    int HEADER_LENGTH = 4;

    /**
     * The option of a code with a body, as it is decoded in a message; one without a record is an {@link UnknownOption}.
     *
     * @param code 0 to 65535
     * @param body at most 65535 octets
     */
    static Decoded<Dhcpv6Option> decode(int code, Bytes body) {
        return new MessageDecoder(0).options().decode(new SubOption(code, body));
    }

    /** IANA's number of the option, 0 to 65535. */
    int code();

    /** Octets of what follows code and length, at most 65535. */
    int bodyLength();

    /** Appends what follows code and length. */
    void encodeBody(ByteBuf out);

    @Override
    default int length() {
        return HEADER_LENGTH + bodyLength();
    }

    @Override
    default void encode(ByteBuf out) {
        out.writeShort(code()).writeShort(bodyLength());
        encodeBody(out);
    }
}
