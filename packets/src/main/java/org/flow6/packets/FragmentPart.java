package org.flow6.packets;

import java.util.List;
import org.flow6.packets.ExtensionHeader.Fragment;

/**
 * A fragment, and where its octets are in the whole packet's fragmentable part.
 *
 * @param headersLength octets of the extension headers up to the Fragment header, that included
 * @param start of its octets
 * @param end after its octets
 */
record FragmentPart(Ipv6 packet, int headersLength, int start, int end, boolean more, long identification) {
    static FragmentPart of(Ipv6 packet) {
        List<ExtensionHeader> extensions = packet.extensions();
        int headersLength = 0;
        int index = 0;
        while (!(extensions.get(index) instanceof Fragment)) {
            headersLength += extensions.get(index).length();
            index++;
        }
        Fragment fragment = (Fragment) extensions.get(index);
        headersLength += fragment.length();
        int start = fragment.offset() * 8;
        int end = start + packet.length() - Ipv6.HEADER_LENGTH - headersLength;
        return new FragmentPart(packet, headersLength, start, end, fragment.more(), fragment.identification());
    }

    int length() {
        return end - start;
    }
}
