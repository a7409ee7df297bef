package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.projectfloodlight.openflow.types.IPv6Address;

/** An option that is addresses of servers, the preferred one first. */
public sealed interface AddressList extends Dhcpv6Option permits DnsServers, SntpServers {
    /** At most 4095. */
    List<IPv6Address> addresses();

    @Override
    default int bodyLength() {
        return addresses().size() * IPv6Address.LENGTH;
    }

    @Override
    default void encodeBody(ByteBuf out) {
        for (IPv6Address address : addresses()) {
            address.write16Bytes(out);
        }
    }
}
