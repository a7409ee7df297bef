package org.flow6.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.flow6.flow.CompilerOracle;
import org.flow6.flow.FlowApp;
import org.flow6.flow.Pipeline;
import org.flow6.flow.RandomHistory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The apps as they are shipped: whatever happens, deltas add up to what a fresh compile gives. */
class RealAppsRandomTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void deltasAddUpToAFreshCompile(long seed) {
        List<FlowApp> apps = new ArrayList<>();
        ServiceLoader.load(FlowApp.class).forEach(apps::add);
        assertThat(apps)
                .extracting(FlowApp::name)
                .contains("l2", "nd-responder", "router-advertisement", "icmpv6-responder", "dhcpv6");
        apps.add(0, new Pipeline(List.copyOf(apps)));
        assertThat(new CompilerOracle(new RandomHistory(seed), apps).run(3000)).isGreaterThan(10_000);
    }
}
