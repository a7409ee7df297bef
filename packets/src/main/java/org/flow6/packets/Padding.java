package org.flow6.packets;

/** The zero octets that fill an option up to a multiple of 8. */
final class Padding {
    private Padding() {}

    /** The least multiple of 8 that is no less. */
    static int toUnits(int length) {
        return (length + 7) / 8 * 8;
    }

    /** The index after the last octet that is not zero. */
    static int start(Bytes octets) {
        int end = octets.length();
        while (end > 0 && octets.unsignedByte(end - 1) == 0) {
            end--;
        }
        return end;
    }
}
