package org.flow6.launcher;

import java.util.HashSet;
import java.util.Set;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.SecurityGroupRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of rules that allow nothing, each once for as long as it is there. For one thread. */
final class BlindRules {
    private static final Logger log = LoggerFactory.getLogger(BlindRules.class);

    private Set<Id<SecurityGroupRule>> told = Set.of();

    void tell(NetworkModel model) {
        Set<Id<SecurityGroupRule>> blind = new HashSet<>();
        for (SecurityGroupRule rule : model.securityGroupRules().values()) {
            if (rule.isBlind() && blind.add(rule.id()) && !told.contains(rule.id())) {
                log.warn(
                        "security group rule {} allows nothing: Open vSwitch does not see the ports of protocol {}",
                        rule.id(),
                        rule.protocol().orElseThrow());
            }
        }
        told = blind;
    }
}
