package org.flow6.core.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flow6.flow.Announcement;
import org.flow6.flow.Derivation;
import org.flow6.flow.Flow;
import org.flow6.flow.FlowApp;
import org.flow6.flow.FlowCompiler;
import org.flow6.flow.FlowDelta;
import org.flow6.flow.Origin;
import org.flow6.flow.OwnedFlow;
import org.flow6.flow.Scope;
import org.flow6.network.NetworkSnapshot;

/** An app whose flows are those that a test puts there by name, and the compiler that runs it. */
final class FlowList implements FlowApp {
    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final FlowCompiler compiler;
    private int made;

    private record Item(String name, Flow flow) {}

    FlowList() {
        compiler = new FlowCompiler(List.of(this));
        compiler.enable(name(), true);
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return List.of(new Derivation<>(
                "items", Scope.ALWAYS, always -> items(), this::make, item -> List.<Announcement>of()));
    }

    private Stream<Item> items() {
        List<Item> items = new ArrayList<>();
        flows.forEach((name, flow) -> items.add(new Item(name, flow)));
        return items.stream();
    }

    private List<Flow> make(Item item) {
        made++;
        return List.of(item.flow());
    }

    /** How often the flows of some item were made. */
    int made() {
        return made;
    }

    FlowList put(String name, Flow flow) {
        flows.put(name, flow);
        return this;
    }

    FlowList remove(String name) {
        flows.remove(name);
        return this;
    }

    /** What the changes since the last call come to. */
    FlowDelta delta() {
        return compiler.update(NetworkSnapshot.EMPTY.edit().update());
    }

    /** Everything, with the changes up to now. */
    Stream<Origin> wanted() {
        delta();
        return compiler.origins();
    }

    /** The flows of all of them. */
    Stream<OwnedFlow> wantedFlows() {
        return wanted().flatMap(unit -> unit.ownedFlows().stream());
    }
}
