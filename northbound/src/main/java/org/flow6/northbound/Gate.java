package org.flow6.northbound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.flow6.network.Wanted;
import org.flow6.network.file.NetworkObjects;
import org.flow6.network.file.NetworkObjects.Name;

/**
 * What of a store comes into a host's network: all but ports that nobody wants to know. Those of routers, those that name the
 * host and those that other objects name come in anyway. For one thread at a time, but for {@link #hostOf}.
 */
final class Gate {
    static final String PORTS = "ports";

    private final Optional<String> host;
    /** Of all ports that may be left out. */
    private final Map<String, PortSlip> slips = new ConcurrentHashMap<>();
    /** Those of them that are in. */
    private final Set<String> admitted = new HashSet<>();
    /** All others. */
    private final Set<String> always = new HashSet<>();
    /** That other objects name, there or not. */
    private final Set<String> named = new HashSet<>();

    private Wanted wanted = Wanted.NONE;

    /** @param host the name that {@code binding:host_id} gives it; empty: everything comes in, whatever is wanted */
    Gate(Optional<String> host) {
        this.host = host;
    }

    boolean isOpen() {
        return host.isEmpty();
    }

    /** Of changes of a store those of the network. */
    Map<Name, Optional<String>> pass(Map<ObjectKey, Optional<String>> writes) {
        Map<Name, Optional<String>> changes = new HashMap<>();
        writes.forEach((key, json) -> {
            if (!NetworkObjects.has(key.collection())) {
                return;
            }
            Name name = new Name(key.collection(), key.id());
            if (isOpen() || !key.collection().equals(PORTS)) {
                changes.put(name, json);
            } else if (note(key.id(), json)) {
                changes.put(name, json.filter(text -> isIn(key.id())));
            }
        });
        return changes;
    }

    /** Takes note of a port; whether the network has to be told of it. */
    private boolean note(String id, Optional<String> json) {
        Optional<PortSlip> slip = json.flatMap(PortSlip::read)
                .filter(read -> !host.equals(Optional.of(read.host())) && !named.contains(id));
        boolean was = isIn(id);
        boolean isWanted = slip.map(known -> known.isIn(wanted, id)).orElse(false);
        slip.ifPresentOrElse(known -> slips.put(id, known), () -> slips.remove(id));
        put(id, always, slip.isEmpty() && json.isPresent());
        put(id, admitted, isWanted);
        return was || isIn(id);
    }

    private static void put(String id, Set<String> ids, boolean in) {
        if (in) {
            ids.add(id);
        } else {
            ids.remove(id);
        }
    }

    private boolean isIn(String id) {
        return admitted.contains(id) || always.contains(id);
    }

    /** A port that another object names, and that is to be in from now on, as soon as it is there. */
    void name(String id, boolean there) {
        named.add(id);
        slips.remove(id);
        admitted.remove(id);
        put(id, always, there);
    }

    /** What is wanted from now on; who asks for it has {@link #waiting} and {@link #surplus} pass. */
    void want(Wanted next) {
        wanted = next;
    }

    /** The ports that are wanted and not in. */
    List<ObjectKey> waiting() {
        List<ObjectKey> waiting = new ArrayList<>();
        slips.forEach((id, slip) -> {
            if (!admitted.contains(id) && slip.isIn(wanted, id)) {
                waiting.add(new ObjectKey(PORTS, id));
            }
        });
        return waiting;
    }

    /** The ports that are in and not wanted. */
    List<ObjectKey> surplus() {
        List<ObjectKey> surplus = new ArrayList<>();
        for (String id : admitted) {
            PortSlip slip = slips.get(id);
            if (slip == null || !slip.isIn(wanted, id)) {
                surplus.add(new ObjectKey(PORTS, id));
            }
        }
        return surplus;
    }

    /** How many ports are left out. */
    int leftOut() {
        return slips.size() - admitted.size();
    }

    /** The host that a port names which may be left out; by any thread. */
    Optional<String> hostOf(String id) {
        PortSlip slip = slips.get(id);
        return slip == null ? Optional.empty() : Optional.of(slip.host()).filter(name -> !name.isEmpty());
    }
}
