package org.flow6.network;

import java.util.List;

/** A named list of prefixes that security group rules refer to. */
public record AddressGroup(Id<AddressGroup> id, String name, List<IpPrefix> addresses, String projectId)
        implements Resource {
    public AddressGroup {
        addresses = List.copyOf(addresses);
    }
}
