package org.flow6.network;

/** A resource of the network model, named as in Neutron's API v2.0. */
public sealed interface Resource
        permits Network,
                Subnet,
                Port,
                DistantPort,
                Router,
                SecurityGroup,
                SecurityGroupRule,
                AddressGroup,
                FloatingIp,
                Host {

    /** Identifies this resource among those of its type. */
    Id<? extends Resource> id();
}
