package org.flow6.core.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.network.Host;
import org.flow6.network.Id;
import org.flow6.network.MulticastRole;
import org.flow6.network.Network;
import org.flow6.network.NetworkAddress;
import org.flow6.network.Receiver;
import org.flow6.network.SourceFilter;
import org.flow6.packets.Mldv2Report;
import org.flow6.packets.Mldv2Report.GroupRecord;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPv6Address;

/** What other hosts tell, and how long it holds. */
class HostListenersTest {
    private static final Id<Network> BLUE = Id.of("blue");
    private static final Id<Host> HOST = Id.of("hostB");
    private static final IPv6Address GROUP = IPv6Address.of("ff15::1");
    private static final IPv6Address OTHER = IPv6Address.of("ff15::2");

    private final List<String> written = new ArrayList<>();
    private final HostListeners listeners = new HostListeners(new HostListeners.Ledger() {
        @Override
        public void wants(NetworkAddress group, Receiver at, SourceFilter filter) {
            written.add(group.address() + " " + at + " " + filter);
        }

        @Override
        public void role(Id<Network> network, Receiver at, Optional<MulticastRole.Kind> kind) {
            written.add(at + " " + kind.map(Enum::name).orElse("unknown"));
        }
    });

    private List<String> told(GroupRecord... records) {
        written.clear();
        listeners.reported(BLUE, HOST, new Mldv2Report(List.of(records)));
        return written;
    }

    private static GroupRecord wants(IPv6Address group, boolean full) {
        return HostListeners.of(group, SourceFilter.ALL, full);
    }

    @Test
    void whatAHostSaysHoldsUntilItSaysOtherwise() {
        assertThat(told(wants(GROUP, false))).containsExactly("ff15::1 host/hostB exclude");
        assertThat(told(wants(GROUP, false))).isEmpty();
        assertThat(told(HostListeners.of(GROUP, SourceFilter.NONE, false)))
                .containsExactly("ff15::1 host/hostB include");
        assertThat(told(HostListeners.of(GROUP, SourceFilter.NONE, false))).isEmpty();
    }

    @Test
    void aHostThatWantsAllIsLikeARouter() {
        assertThat(told(HostListeners.everything(true, false))).containsExactly("host/hostB ROUTER");
        assertThat(told(HostListeners.everything(false, true))).containsExactly("host/hostB LISTENER");
    }

    /** Reports get lost: one full report without a group is no reason to end it, three are. */
    @Test
    void whatAHostLeavesOutIsGone() {
        told(wants(GROUP, false), wants(OTHER, false));
        for (int i = 0; i < 2; i++) {
            assertThat(told(HostListeners.everything(false, true), wants(OTHER, true)))
                    .doesNotContain("ff15::1 host/hostB include");
        }
        assertThat(told(HostListeners.everything(false, true), wants(OTHER, true)))
                .contains("ff15::1 host/hostB include")
                .doesNotContain("ff15::2 host/hostB include");
    }

    @Test
    void aHostThatIsSilentKeepsItsListeners() {
        listeners.restore(new NetworkAddress(BLUE, GROUP), HOST, SourceFilter.ALL);
        assertThat(listeners.hosts(BLUE)).containsExactly(HOST);
        assertThat(told(wants(GROUP, true))).isEmpty();
    }

    @Test
    void aHostThatIsGoneTakesAllWithIt() {
        told(HostListeners.everything(false, true), wants(GROUP, true));
        written.clear();
        listeners.forget(BLUE, HOST);
        assertThat(written).containsExactly("ff15::1 host/hostB include", "host/hostB unknown");
        assertThat(listeners.hosts(BLUE)).isEmpty();
    }

    @Test
    void groupsThatNobodyReportsAreLeftOut() {
        assertThat(told(wants(IPv6Address.of("ff02::1"), true), new GroupRecord(5, GROUP, List.of())))
                .isEmpty();
    }
}
