package org.flow6.network;

/**
 * What stands for a router in registers: the same on every host, as it is made from the router's id.
 *
 * @param value 32 bits, never 0, which means none in a register
 */
public record RouterKey(int value) {
    public RouterKey {
        if (value == 0) {
            throw new IllegalArgumentException("router key 0");
        }
    }
}
