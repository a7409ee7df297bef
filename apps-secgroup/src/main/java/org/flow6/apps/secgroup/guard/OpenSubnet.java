package org.flow6.apps.secgroup.guard;

import java.util.List;
import java.util.stream.Stream;
import org.flow6.flow.Field;
import org.flow6.flow.Flow;
import org.flow6.network.IpPrefix;
import org.flow6.network.NetworkKey;
import org.flow6.network.NetworkView;
import org.flow6.network.Subnet;

/** A subnet with hosts here that may make addresses in it by themselves: {@code allow_slaac_prefix}. */
record OpenSubnet(NetworkKey network, IpPrefix prefix) {

    static Stream<OpenSubnet> of(NetworkView view) {
        return view.boundPorts().isEmpty()
                ? Stream.empty()
                : prefixes(view).distinct().map(prefix -> new OpenSubnet(view.key(), prefix));
    }

    static Stream<IpPrefix> prefixes(NetworkView view) {
        return view.subnets().stream()
                .filter(subnet -> subnet.settings().allowSlaacPrefix())
                .map(Subnet::cidr);
    }

    List<Flow> flows() {
        return List.of(
                MessageChecks.claim(MessageChecks.SOLICITATION.and(Field.NETWORK, network), prefix),
                MessageChecks.defence(MessageChecks.ADVERTISEMENT.and(Field.NETWORK, network), prefix));
    }
}
