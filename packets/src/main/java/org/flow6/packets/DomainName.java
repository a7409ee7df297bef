package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A fully qualified domain name, uncompressed (RFC 1035 §3.1). Names that differ in case only are different here.
 *
 * @param labels from the host to the top level, at least one, each of 1 to 63 octets of any value; with their length
 *     octets and the root's at most 255 octets
 */
public record DomainName(List<Bytes> labels) implements Encodable {
    private static final int MAX_LABEL_LENGTH = 63;
    private static final int MAX_LENGTH = 255;

    public DomainName {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a domain name without labels");
        }
        for (Bytes label : labels) {
            if (label.isEmpty() || label.length() > MAX_LABEL_LENGTH) {
                throw new IllegalArgumentException("label of " + label.length() + " octets (1-63) in " + text(labels));
            }
        }
        if (length(labels) > MAX_LENGTH) {
            throw new IllegalArgumentException("domain name of " + length(labels) + " octets (at most 255)");
        }
    }

    /**
     * Reads a name such as {@code lab.example.org}, with or without a final dot: labels of letters, digits, hyphens
     * within (RFC 1123 §2.1), and underscores (RFC 8552 §1.1).
     *
     * @throws IllegalArgumentException with the reason, for anything else; an internationalized name is to be given in
     *     its ASCII form, {@code xn--…} (RFC 5890 §2.3.2.1)
     */
    public static DomainName of(String text) {
        List<Bytes> labels = new ArrayList<>();
        for (String label : (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1)) {
            if (!label.chars().allMatch(c -> c < 0x80)) {
                throw new IllegalArgumentException(
                        "domain name " + text + ": not ASCII; give its internationalized labels as xn--…");
            }
            if (!label.matches("[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?")) {
                throw new IllegalArgumentException("domain name " + text + ": label \"" + label
                        + "\", not of letters, digits, underscores, and hyphens within");
            }
            if (label.length() > MAX_LABEL_LENGTH) {
                throw new IllegalArgumentException("domain name " + text + ": a label of more than 63 characters");
            }
            labels.add(Bytes.wrap(label.getBytes(StandardCharsets.US_ASCII)));
        }
        return new DomainName(labels);
    }

    /** Decodes names, each with the root's label at its end, up to the end of the octets. */
    public static Decoded<List<DomainName>> decodeAll(Bytes octets) {
        List<DomainName> names = new ArrayList<>(1);
        int at = 0;
        while (at < octets.length()) {
            Decoded<DomainName> decoded = decode(octets.slice(at));
            if (decoded instanceof Decoded.Malformed<DomainName> malformed) {
                return Decoded.malformed(malformed.reason());
            }
            names.add(decoded.orElseThrow());
            at += decoded.orElseThrow().length();
        }
        return Decoded.ok(names);
    }

    /** Decodes the name that the octets start with. */
    private static Decoded<DomainName> decode(Bytes octets) {
        List<Bytes> labels = new ArrayList<>(4);
        int at = 0;
        while (at < octets.length()) {
            int length = octets.unsignedByte(at);
            at++;
            if (length > MAX_LABEL_LENGTH) {
                return Decoded.malformed(MalformedReason.DOMAIN_NAME_COMPRESSED);
            }
            if (at + length > MAX_LENGTH) {
                return Decoded.malformed(MalformedReason.DOMAIN_NAME_LENGTH);
            }
            if (length == 0) {
                return labels.isEmpty()
                        ? Decoded.malformed(MalformedReason.DOMAIN_NAME_EMPTY)
                        : Decoded.ok(new DomainName(labels));
            }
            if (octets.length() < at + length) {
                return Decoded.malformed(MalformedReason.DOMAIN_NAME_TRUNCATED);
            }
            labels.add(octets.slice(at, at + length));
            at += length;
        }
        return Decoded.malformed(MalformedReason.DOMAIN_NAME_TRUNCATED);
    }

    @Override
    public int length() {
        return length(labels);
    }

    @Override
    public void encode(ByteBuf out) {
        for (Bytes label : labels) {
            out.writeByte(label.length());
            label.writeTo(out);
        }
        out.writeByte(0);
    }

    /** The name without a final dot; octets other than printable ASCII, dots and backslashes as in RFC 1035 §5.1. */
    @Override
    public String toString() {
        return text(labels);
    }

    private static int length(List<Bytes> labels) {
        int length = 1;
        for (Bytes label : labels) {
            length += 1 + label.length();
        }
        return length;
    }

    private static String text(List<Bytes> labels) {
        StringBuilder text = new StringBuilder();
        for (Bytes label : labels) {
            text.append(text.isEmpty() ? "" : ".");
            for (int i = 0; i < label.length(); i++) {
                int octet = label.unsignedByte(i);
                if (octet == '.' || octet == '\\') {
                    text.append('\\').append((char) octet);
                } else if (octet > ' ' && octet < 0x7f) {
                    text.append((char) octet);
                } else {
                    text.append("\\%03d".formatted(octet));
                }
            }
        }
        return text.toString();
    }
}
