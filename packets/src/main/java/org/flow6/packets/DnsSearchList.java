package org.flow6.packets;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * Suffixes for the names that hosts look up (RFC 8106 §5.2).
 *
 * @param lifetime in seconds, 0 to 2³²−1, {@link Lifetime#INFINITE}
 * @param domains at least one; encoded at most 2032 octets together
 */
public record DnsSearchList(long lifetime, List<DomainName> domains) implements NdOption {
    static final int TYPE = 31;

    private static final int FIXED_LENGTH = 8;

    public DnsSearchList {
        Lifetime.require(lifetime);
        domains = List.copyOf(domains);
        if (domains.isEmpty() || length(domains) > MAX_LENGTH) {
            throw new IllegalArgumentException("domains of " + length(domains) + " octets: " + domains);
        }
    }

    static Optional<NdOption> decode(Bytes body) {
        int end = Padding.start(body);
        int start = FIXED_LENGTH - HEADER_LENGTH;
        // The last name ends with a zero octet of its own, which the padding seems to begin with.
        if (end <= start || end == body.length()) {
            return Optional.empty();
        }
        return DomainName.decodeAll(body.slice(start, end + 1))
                .toOptional()
                .map(domains -> new DnsSearchList(body.unsignedInt(2), domains));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int length() {
        return length(domains);
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeShort(0).writeInt((int) lifetime);
        int octets = 0;
        for (DomainName domain : domains) {
            domain.encode(out);
            octets += domain.length();
        }
        out.writeZero(length() - FIXED_LENGTH - octets);
    }

    private static int length(List<DomainName> domains) {
        int length = FIXED_LENGTH;
        for (DomainName domain : domains) {
            length += domain.length();
        }
        return Padding.toUnits(length);
    }
}
