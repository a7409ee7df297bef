package org.flow6.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An app made of the derivations that a test gives it. */
final class TestApp implements FlowApp {
    private final String name;
    private final List<Derivation<?, ?, ?>> derivations = new ArrayList<>();

    TestApp(String name) {
        this.name = name;
    }

    <K, V, U> TestApp with(Scope<K, V> scope, Function<V, Stream<U>> units, Function<U, List<Flow>> flows) {
        derivations.add(new Derivation<>("d" + derivations.size(), scope, units, flows));
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Derivation<?, ?, ?>> derivations() {
        return derivations;
    }
}
