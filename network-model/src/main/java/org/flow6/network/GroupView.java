package org.flow6.network;

import java.util.List;

/**
 * A security group as this switch sees it.
 *
 * @param boundPorts the ports in the group that are bound on this switch and up, as are their networks, and have port
 *     security; ordered by key
 * @param remotes the group's rules by the remote that they are about, ordered by key, those of one key by remote
 */
public record GroupView(SecurityGroup group, List<PortKey> boundPorts, List<RemoteUse> remotes) {
    public GroupView {
        boundPorts = List.copyOf(boundPorts);
        remotes = List.copyOf(remotes);
    }

    /**
     * A remote that rules of the group are about.
     *
     * @param key of this group and this remote; that of any remote for each single prefix
     * @param rules at least one, ordered by id
     */
    public record RemoteUse(SecurityGroupRule.Remote remote, ConjunctionKey key, List<SecurityGroupRule> rules) {
        public RemoteUse {
            rules = List.copyOf(rules);
        }
    }
}
