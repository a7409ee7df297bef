package org.flow6.packets.dhcpv6;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.Bytes;
import org.flow6.packets.Decoded;
import org.flow6.packets.DomainName;
import org.flow6.packets.MalformedReason;

/**
 * The client's name, and who tells it to the DNS (RFC 4704 §4). Bits that must be zero are not kept.
 *
 * @param serverUpdates S: the server makes the name lead to the address
 * @param overridden O: the server does so though the client did not want it to, or the other way round
 * @param noServerUpdates N: the server changes nothing in the DNS
 * @param labels of the name, from the host on, each of 1 to 63 octets; with their length octets and the root's at most
 *     255 octets. Empty if the server is to give a name.
 * @param fullyQualified whether the root ends the name; one without labels is not
 */
public record ClientFqdn(
        boolean serverUpdates, boolean overridden, boolean noServerUpdates, List<Bytes> labels, boolean fullyQualified)
        implements Dhcpv6Option {
    public static final int CODE = 39;

    private static final int S = 1;
    private static final int O = 2;
    private static final int N = 4;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 255;

    public ClientFqdn {
        labels = List.copyOf(labels);
        for (Bytes label : labels) {
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                throw new IllegalArgumentException("label of " + label.length() + " octets (1-63)");
            }
        }
        if (nameLength(labels) + 1 > MAX_NAME) {
            throw new IllegalArgumentException("name of " + (nameLength(labels) + 1) + " octets (at most 255)");
        }
        if (fullyQualified && labels.isEmpty()) {
            throw new IllegalArgumentException("the root as a client's name");
        }
    }

    static Decoded<Dhcpv6Option> decode(Bytes body) {
        if (body.isEmpty()) {
            return Decoded.malformed(MalformedReason.DHCPV6_OPTION_LENGTH);
        }
        List<Bytes> labels = new ArrayList<>(4);
        int at = 1;
        while (at < body.length() && body.unsignedByte(at) > 0) {
            int end = at + 1 + body.unsignedByte(at);
            if (end - at > 1 + MAX_LABEL || end > body.length() || end > MAX_NAME) {
                return Decoded.malformed(MalformedReason.DHCPV6_CLIENT_FQDN);
            }
            labels.add(body.slice(at + 1, end));
            at = end;
        }
        boolean root = at < body.length();
        if (root && (at + 1 < body.length() || labels.isEmpty())) {
            return Decoded.malformed(MalformedReason.DHCPV6_CLIENT_FQDN);
        }
        int flags = body.unsignedByte(0);
        return Decoded.ok(new ClientFqdn((flags & S) != 0, (flags & O) != 0, (flags & N) != 0, labels, root));
    }

    /** The name, if it is fully qualified. */
    public Optional<DomainName> domainName() {
        return fullyQualified ? Optional.of(new DomainName(labels)) : Optional.empty();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public int bodyLength() {
        return 1 + nameLength(labels) + (fullyQualified ? 1 : 0);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeByte((serverUpdates ? S : 0) | (overridden ? O : 0) | (noServerUpdates ? N : 0));
        for (Bytes label : labels) {
            out.writeByte(label.length());
            label.writeTo(out);
        }
        if (fullyQualified) {
            out.writeByte(0);
        }
    }

    /** Octets of the labels, without the root's. */
    private static int nameLength(List<Bytes> labels) {
        int length = 0;
        for (Bytes label : labels) {
            length += 1 + label.length();
        }
        return length;
    }
}
