package org.flow6.core.ovsdb;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Two ports that join the managed bridge to one that is attached to a physical network ("Patch Options",
 * ovs-vswitchd.conf.db(5)). The outer one is an access port: what leaves by it gets the VLAN's tag, what has that tag comes
 * in by it, without the tag, and Open vSwitch drops what has another tag already.
 *
 * @param bridge the name of the bridge that is attached
 * @param ifaceId the id of the logical port that the inner one is for
 * @param vlan 1 to 4094; empty: what has no tag
 */
public record PatchPair(String bridge, String ifaceId, OptionalInt vlan) {
    /** In external_ids of both ends: the bridge that is managed by whom they belong to. */
    static final String MANAGED = "flow6-bridge";

    static final String TYPE = "patch";
    private static final int NAME_BITS = 36;

    /** One of the two. */
    record End(String bridge, String name, Map<String, String> options, Map<String, String> ids, OptionalInt tag) {}

    /** The end on the managed bridge. */
    End inner(String managed) {
        return new End(
                managed,
                innerName(managed),
                Map.of("peer", outerName(managed)),
                new TreeMap<>(Map.of(MANAGED, managed, "iface-id", ifaceId)),
                OptionalInt.empty());
    }

    /** The end on the attached bridge; VLAN 0 is none (IEEE 802.1Q §9.6). */
    End outer(String managed) {
        return new End(
                bridge,
                outerName(managed),
                Map.of("peer", innerName(managed)),
                new TreeMap<>(Map.of(MANAGED, managed)),
                OptionalInt.of(vlan.orElse(0)));
    }

    private String innerName(String managed) {
        return "flow6-" + hash(managed);
    }

    private String outerName(String managed) {
        return "f6out-" + hash(managed);
    }

    /** Names of ports have 15 characters at most (OpenFlow 1.3 §7.2.1), and ids any number. */
    private String hash(String managed) {
        long bits = Hashing.sha256()
                        .hashString(managed + "\n" + bridge + "\n" + ifaceId, StandardCharsets.UTF_8)
                        .asLong()
                >>> (Long.SIZE - NAME_BITS);
        return String.format(Locale.ROOT, "%09x", bits);
    }
}
