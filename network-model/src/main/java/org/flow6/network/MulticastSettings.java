package org.flow6.network;

import java.util.List;

/**
 * How a network's multicast is kept to its listeners.
 *
 * @param queryInterval seconds from one general query to the next, 2 to 31744 (RFC 3810 §9.2, §5.1.9)
 * @param receivers ports that get every packet to a multicast group (RFC 4541 §2.1.2)
 */
public record MulticastSettings(int queryInterval, List<Id<Port>> receivers) {
    public static final MulticastSettings DEFAULT = new MulticastSettings(125, List.of());

    public MulticastSettings {
        receivers = List.copyOf(receivers);
    }
}
