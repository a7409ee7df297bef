package org.flow6.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.flow6.core.openflow.OpenFlowSettings;
import org.flow6.core.openflow.SwitchConnections;
import org.flow6.core.openflow.SwitchListener;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.ovs.OvsScene;
import org.flow6.network.NetworkModel;
import org.flow6.network.Tunnel;
import org.flow6.network.Wanted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFPort;

/** With a real switch, which keeps the options of Geneve for a bridge's life. */
@Timeout(60)
class SwitchTunnelTest extends OvsScene {
    private static final int PATIENCE = 20;
    private static final List<Bindings.Interface> PORTS = List.of(
            new Bindings.Interface(OFPort.of(1), "vm1", Optional.of("vm1"), true),
            new Bindings.Interface(OFPort.of(7), "flow6-vxlan", Optional.empty(), true),
            new Bindings.Interface(OFPort.of(8), "flow6-geneve", Optional.empty(), true));

    private final ErrorLog errors = new ErrorLog();
    private final SwitchTunnel tunnel = new SwitchTunnel(errors);
    private final BlockingQueue<SwitchSession> sessions = new LinkedBlockingQueue<>();
    private SwitchConnections connections;
    private SwitchSession session;

    @BeforeEach
    void connect() throws Exception {
        ovs.addBridge("br0");
        SwitchListener listener = new SwitchListener() {
            @Override
            public void connected(SwitchSession next) {
                sessions.add(next);
            }
        };
        connections = SwitchConnections.start(
                OpenFlowSettings.connecting(new Endpoint.Unix(ovs.managementSocket("br0"))), listener);
        session = sessions.poll(PATIENCE, TimeUnit.SECONDS);
    }

    @AfterEach
    void disconnect() {
        connections.close();
        ovs.vsctl("del-br", "br0");
    }

    /** What the switch maps, a line each. */
    private static List<String> mapped() {
        return ovs.ofctl("dump-tlv-map", "br0")
                .lines()
                .filter(line -> line.contains("tun_metadata"))
                .toList();
    }

    @Test
    void isThePortOfItsName() {
        assertThat(tunnel.among(PORTS)).isEmpty();
        tunnel.want(Optional.of(Tunnel.Type.VXLAN), 1430);
        assertThat(tunnel.among(PORTS)).contains(new Tunnel(OFPort.of(7), Tunnel.Type.VXLAN, 1430));
        assertThat(tunnel.among(PORTS.subList(0, 1))).isEmpty();
        tunnel.want(Optional.of(Tunnel.Type.GENEVE), 1430);
        assertThat(tunnel.among(PORTS)).contains(new Tunnel(OFPort.of(8), Tunnel.Type.GENEVE, 1430));
    }

    @Test
    void needsNoOptionOfGeneveForVxlan() {
        tunnel.want(Optional.of(Tunnel.Type.VXLAN), 1430);
        tunnel.prepare(session);
        assertThat(mapped()).isEmpty();
    }

    @Test
    void mapsTheOptionOfGeneveAndKeepsOneThatIsThere() {
        tunnel.want(Optional.of(Tunnel.Type.GENEVE), 1430);
        tunnel.prepare(session);
        assertThat(mapped()).hasSize(1).first().asString().contains("0xfff6", "tun_metadata0");
        // A second addition would be refused.
        SwitchTunnel later = new SwitchTunnel(errors);
        later.want(Optional.of(Tunnel.Type.GENEVE), 1430);
        later.prepare(session);
        assertThat(mapped()).hasSize(1);
        assertThat(later.among(PORTS)).isPresent();
    }

    @Test
    void leavesOptionsOfOthersAlone() {
        ovs.ofctl("add-tlv-map", "br0", "{class=0x102,type=0x80,len=4}->tun_metadata5");
        tunnel.want(Optional.of(Tunnel.Type.GENEVE), 1430);
        tunnel.prepare(session);
        assertThat(mapped()).hasSize(2);
        assertThat(errors.entries()).isEmpty();
    }

    @Test
    void isNotUsedWhereTheFieldIsTaken() {
        ovs.ofctl("add-tlv-map", "br0", "{class=0x102,type=0x80,len=4}->tun_metadata0");
        tunnel.want(Optional.of(Tunnel.Type.GENEVE), 1430);
        tunnel.prepare(session);
        assertThat(mapped()).hasSize(1);
        assertThat(tunnel.among(PORTS)).isEmpty();
        assertThat(errors.entries().toString())
                .contains(
                        "maps the Geneve option {class=0x102,type=0x80,len=4}->tun_metadata0",
                        "Flow6 needs {class=0xfff6,type=0x1,len=4}->tun_metadata0");
        tunnel.want(Optional.of(Tunnel.Type.VXLAN), 1430);
        assertThat(tunnel.among(PORTS)).isPresent();
    }

    @Test
    void comesIntoTheSnapshotAndLeavesItWithItsPort() {
        FactStore facts = new FactStore(Optional.empty(), errors, new SharedFacts("hostA", List.of()));
        SwitchInputs inputs = new SwitchInputs(
                DatapathId.of(1),
                "hostA",
                new Shared(facts, new PortDemand(), new BeaconCounts(List.of()), errors, new CompletableFuture<>()));
        inputs.network(new KnownNetwork(NetworkModel.EMPTY, Wanted.ALL));
        inputs.interfaces(PORTS);
        inputs.tunnel().want(Optional.of(Tunnel.Type.VXLAN), 1430);
        assertThat(inputs.take()).isPresent();
        assertThat(inputs.snapshot().tunnel()).contains(new Tunnel(OFPort.of(7), Tunnel.Type.VXLAN, 1430));
        inputs.interfaces(PORTS.subList(0, 1));
        assertThat(inputs.take()).isPresent();
        assertThat(inputs.snapshot().tunnel()).isEmpty();
        facts.close();
    }
}
