package org.flow6.network;

/**
 * A security group: a set of ports under the same rules.
 *
 * @param stateful whether replies to allowed packets are allowed
 * @param log whether what the rules do not allow its ports is logged
 */
public record SecurityGroup(Id<SecurityGroup> id, String name, boolean stateful, boolean log, String projectId)
        implements Resource {}
