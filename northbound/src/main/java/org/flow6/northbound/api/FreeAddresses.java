package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of a subnet's pools that no port has. Of a small pool it is the first one, of a large one any: such addresses
 * are not to be guessed (RFC 7721 §4.1). None of the ports is looked at.
 */
final class FreeAddresses {
    private static final BigInteger SMALL = BigInteger.ONE.shiftLeft(16);
    private static final int TRIES = 16;
    /** So much longer than a pool's size that each address is as likely. */
    private static final int SPARE_BITS = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String subnet;
    private final Catalog catalog;
    private final Set<String> besides;

    private FreeAddresses(String subnet, Catalog catalog, Set<String> besides) {
        this.subnet = subnet;
        this.catalog = catalog;
        this.besides = besides;
    }

    /**
     * Looks for one.
     *
     * @param besides addresses that are not free either
     */
    static Optional<String> of(ObjectNode subnet, Catalog catalog, Set<String> besides) {
        FreeAddresses free = new FreeAddresses(subnet.path("id").asText(), catalog, besides);
        for (JsonNode pool : subnet.path("allocation_pools")) {
            String found = free.in(IpRange.of(pool));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private @Nullable String in(IpRange pool) {
        if (pool.size().compareTo(SMALL) > 0) {
            for (int i = 0; i < TRIES; i++) {
                BigInteger offset = new BigInteger(pool.size().bitLength() + SPARE_BITS, RANDOM).mod(pool.size());
                BigInteger number = pool.first().add(offset);
                String address = pool.address(number).toString();
                if (count(number, number) == 0 && !besides.contains(address)) {
                    return address;
                }
            }
        }
        BigInteger from = pool.first();
        while (from.compareTo(pool.last()) <= 0) {
            BigInteger number = first(from, pool.last());
            if (number == null) {
                return null;
            }
            String address = pool.address(number).toString();
            if (!besides.contains(address)) {
                return address;
            }
            from = number.add(BigInteger.ONE);
        }
        return null;
    }

    /** The first one that is free: as far as all are taken, there are as many ports' as there are addresses. */
    private @Nullable BigInteger first(BigInteger from, BigInteger to) {
        if (isFull(from, to)) {
            return null;
        }
        BigInteger low = from;
        BigInteger high = to;
        while (low.compareTo(high) < 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (isFull(from, middle)) {
                low = middle.add(BigInteger.ONE);
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isFull(BigInteger from, BigInteger to) {
        BigInteger size = to.subtract(from).add(BigInteger.ONE);
        return BigInteger.valueOf(count(from, to)).equals(size);
    }

    private int count(BigInteger from, BigInteger to) {
        return catalog.count(Ports.ALL, PortIndex.NUMBER, PortIndex.number(subnet, from), PortIndex.number(subnet, to));
    }
}
