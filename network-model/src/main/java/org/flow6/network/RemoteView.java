package org.flow6.network;

import java.util.List;

/**
 * The addresses of a remote, and the security groups with ports on this switch whose rules are about it.
 *
 * @param remote any but {@link SecurityGroupRule.Remote.Any}
 * @param prefixes the fewest that hold the remote's addresses and no others, in their order. Those of a group are the
 *     fixed IPs, the allowed address pairs and the claimed addresses but link-local ones of its ports, bound anywhere and
 *     on whatever network; a pair that is all addresses is left out, as in Neutron
 * @param users at least one, ordered by key
 */
public record RemoteView(SecurityGroupRule.Remote remote, List<IpPrefix> prefixes, List<RemoteUser> users) {
    public RemoteView {
        prefixes = List.copyOf(prefixes);
        users = List.copyOf(users);
    }

    /**
     * A security group with a port in {@link GroupView#boundPorts} that has rules about the remote.
     *
     * @param key of this group and the remote
     * @param rules at least one, ordered by id
     */
    public record RemoteUser(SecurityGroup group, ConjunctionKey key, List<SecurityGroupRule> rules) {
        public RemoteUser {
            rules = List.copyOf(rules);
        }
    }
}
