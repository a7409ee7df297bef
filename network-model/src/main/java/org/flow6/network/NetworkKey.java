package org.flow6.network;

/**
 * What stands for a network in registers and tunnels: the same on every host, as it is made from the network's id.
 *
 * @param value 1 to 2^24 - 2, so that a VXLAN or Geneve header can carry it; {@link #NONE} is no network's
 */
public record NetworkKey(int value) {
    static final int BITS = 24;

    /** What tunnels have in a network's place where hosts themselves speak to each other. */
    public static final int NONE = (1 << BITS) - 1;

    /** The key of a network where no two have the same, as where there are tunnels. */
    public static NetworkKey of(Id<Network> id) {
        return new NetworkKey(Keys.first(id, BITS));
    }

    public NetworkKey {
        if (value < 1 || value >= NONE) {
            throw new IllegalArgumentException("network key " + value);
        }
    }
}
