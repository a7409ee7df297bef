package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/** The addresses of one end's interface, in Inverse Neighbor Discovery (RFC 3122 §3.1). */
public sealed interface AddressList extends NdOption {
    /** 1 to 127 addresses. */
    List<IPv6Address> addresses();

    /** Of the interface that the source link-layer address names. */
    record Source(List<IPv6Address> addresses) implements AddressList {
        static final int TYPE = 9;

        public Source {
            addresses = List.copyOf(addresses);
            AddressListLayout.requireSize(addresses);
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    /** Of the interface that the target link-layer address names. */
    record Target(List<IPv6Address> addresses) implements AddressList {
        static final int TYPE = 10;

        public Target {
            addresses = List.copyOf(addresses);
            AddressListLayout.requireSize(addresses);
        }

        @Override
        public int type() {
            return TYPE;
        }
    }

    @Override
    default int length() {
        return AddressListLayout.length(addresses());
    }

    @Override
    default void encodeBody(ByteBuf out) {
        out.writeZero(AddressListLayout.START);
        addresses().forEach(address -> address.write16Bytes(out));
    }
}
