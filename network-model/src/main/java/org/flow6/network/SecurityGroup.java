package org.flow6.network;

/**
 * A security group: a set of ports under the same rules.
 *
 * @param stateful whether replies to allowed packets are allowed
 */
public record SecurityGroup(Id<SecurityGroup> id, String name, boolean stateful, String projectId)
        implements Resource {}
