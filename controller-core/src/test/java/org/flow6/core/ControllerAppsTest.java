package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flow6.core.openflow.OpenFlowSettings;
import org.junit.jupiter.api.Test;

/** Apps on a controller: those that fail, are turned off, answer, or are asked too much. */
class ControllerAppsTest extends ControllerScene {
    private static final String FRAME = "ffffffffffff" + "020000000001" + "88b5" + "00".repeat(46);

    private static void inject(int port) {
        ovs.ofctl("packet-out", "br0", "in_port=" + port + " packet=" + FRAME + " actions=resubmit(,0)");
    }

    private Status.AppStatus appStatus(Status status, String name) {
        return Objects.requireNonNull(status.apps().get(name));
    }

    @Test
    void aRefusedFlowIsNamedAndTheRestGoesIn() throws Exception {
        app.refused.add("vm1");
        ifaceId("p1", "vm1");
        ifaceId("p2", "vm2");
        start(true, app, other);
        controller.network(network("vm1", "vm2"));
        Status status = await(
                "filled",
                one -> !one.switches().isEmpty()
                        && one.switches().get(0).refused() == 1
                        && one.flows().installed() == one.flows().wanted() - 1);
        assertThat(classified()).containsExactly("1", "2", "2");
        assertThat(status.healthy()).isFalse();
        assertThat(appStatus(status, "ports").healthy()).isFalse();
        assertThat(appStatus(status, "ports").error())
                .hasValueSatisfying(error -> assertThat(error).contains("OFPBAC_BAD_OUT_PORT", "id=vm1"));
        assertThat(appStatus(status, "others").healthy()).isTrue();
        assertThat(status.lastErrors().toString()).contains("OFPBAC_BAD_OUT_PORT");

        controller.network(network("vm2"));
        Status mended = await("healthy", Status::healthy);
        assertThat(appStatus(mended, "ports").error()).isEmpty();
    }

    @Test
    void anAppThatFailsIsNamedAndTheOthersGoOn() throws Exception {
        startWithTwoPorts(app, other);
        app.failing.add("vm2");
        ifaceId("p2", "vm2");
        Status status = await("failed", one -> !appStatus(one, "ports").healthy());
        assertThat(appStatus(status, "ports").error())
                .hasValueSatisfying(error -> assertThat(error).contains("cannot make flows of vm2"));
        await("the other in step", one -> inStep(one) && classified().equals(List.of("1", "1", "2")));
        app.failing.clear();
        ifaceId("p2", "unknown");
        await("healthy", Status::healthy);
    }

    @Test
    void anAppThatCannotAnnounceHarmsNobody() throws Exception {
        app.mute.add("vm1");
        ifaceId("p1", "vm1");
        start(true, app, other);
        controller.network(network("vm1", "vm2"));
        Status status = await("in step", one -> inStep(one) && one.portsBound() == 1);
        assertThat(classified()).containsExactly("1", "1");
        assertThat(status.lastErrors().toString()).contains("cannot announce vm1");
        app.mute.add("vm2");
        ifaceId("p2", "vm2");
        await("still in step", one -> inStep(one) && one.portsBound() == 2);
        assertThat(classified()).containsExactly("1", "1", "2", "2");
        assertThat(only().flows().installed()).isEqualTo(only().flows().wanted());
    }

    @Test
    void disablesAndEnablesLive() throws Exception {
        startWithTwoPorts(app, other);
        controller.enable("ports", false).get(20, TimeUnit.SECONDS);
        assertThat(classified()).containsExactly("1");
        assertThat(appStatus(controller.status().join(), "ports").enabled()).isFalse();
        controller.enable("ports", true).get(20, TimeUnit.SECONDS);
        assertThat(classified()).containsExactly("1", "1");
        await("in step", ControllerScene::inStep);
    }

    @Test
    void answersPunts() throws Exception {
        startWithTwoPorts(app);
        inject(1);
        await("answered", status -> app.answered.size() == 1);
        assertThat(app.answered.get(0).source().port().id().value()).isEqualTo("vm1");
        Status status = controller.status().join();
        assertThat(status.punts()).containsEntry(PortApp.PUNT.name(), 1L);
        assertThat(status.puntsDropped()).containsEntry(PortApp.PUNT.name(), 0L);
    }

    @Test
    void aFailingAnswerIsCountedAndTheNextOneComes() throws Exception {
        startWithTwoPorts(app);
        app.failing.add("vm1");
        inject(1);
        await("failed", status -> status.drops().getOrDefault("app-failed", 0L) == 1);
        app.failing.clear();
        inject(1);
        await("answered", status -> app.answered.size() == 1);
    }

    @Test
    void metersByTheLimitsOfTheSettings() throws Exception {
        OpenFlowSettings openFlow = new OpenFlowSettings(
                List.of(), List.of(management("br0")), Optional.empty(), OpenFlowSettings.Limits.DEFAULT);
        Map<String, Controller.Limit> limits = Map.of(PortApp.PUNT.name(), new Controller.Limit(7, 1_000_000));
        ifaceId("p1", "vm1");
        controller = new Controller(
                new Controller.Settings(
                        "here", openFlow, database(), Map.of(), limits, Optional.empty(), Optional.empty(), Map.of()),
                List.of(app));
        controller.start();
        controller.network(network("vm1"));
        await("in step", status -> inStep(status) && status.portsBound() == 1);
        assertThat(ovs.ofctl("dump-meters", "br0")).contains("rate=7 burst_size=1000000");
    }

    @Test
    void metersAPortThatPuntsTooMuch() throws Exception {
        startWithTwoPorts(app);
        String many = String.join(",", Collections.nCopies(200, "resubmit(,0)"));
        ovs.ofctl("packet-out", "br0", "in_port=1 packet=" + FRAME + " actions=" + many);
        await(
                "metered",
                status -> ovs.ofctl("meter-stats", "br0").contains("0: packet_count:")
                        && !ovs.ofctl("meter-stats", "br0").contains("0: packet_count:0 "));
        assertThat(controller.status().join().punts().get(PortApp.PUNT.name())).isLessThan(200);
    }
}
