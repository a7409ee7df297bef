package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.file.NetworkObjects.Name;
import org.flow6.network.file.NetworkObjects.Outcome;
import org.junit.jupiter.api.Test;

class NetworkObjectsTest {
    private static final Name NET = new Name("networks", "net");
    private static final Name VM1 = new Name("ports", "vm1");
    private static final Name VM2 = new Name("ports", "vm2");
    private static final String NET_JSON = "{\"id\": \"net\", \"mtu\": 1400}";
    private static final String VM1_JSON = port("vm1", "02:00:00:00:00:01");
    private static final String VM2_JSON = port("vm2", "02:00:00:00:00:02");

    private final NetworkObjects objects = new NetworkObjects();

    private static String port(String id, String mac) {
        return "{\"id\": \"%s\", \"network_id\": \"net\", \"mac_address\": \"%s\"}".formatted(id, mac);
    }

    private Outcome put(Object... namesAndTexts) {
        Map<Name, Optional<String>> changes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            changes.put((Name) namesAndTexts[i], Optional.of((String) namesAndTexts[i + 1]));
        }
        return objects.change(changes);
    }

    private Outcome remove(Name name) {
        return objects.change(Map.of(name, Optional.empty()));
    }

    private static int mtu(Outcome outcome) {
        return Objects.requireNonNull(outcome.model().networks().get(Id.<Network>of("net")))
                .mtu();
    }

    private static List<String> said(Outcome outcome) {
        return outcome.violations().stream().map(Violation::toString).toList();
    }

    @Test
    void objectsComeAndGoInAnyOrder() {
        Outcome alone = put(VM1, VM1_JSON);
        assertThat(alone.model().ports()).isEmpty();
        assertThat(said(alone)).singleElement().asString().contains("ports/vm1", "there is no network 'net'");
        Outcome both = put(NET, NET_JSON);
        assertThat(both.violations()).isEmpty();
        assertThat(both.model().ports()).containsOnlyKeys(Id.of("vm1"));
        Outcome changed = put(NET, NET_JSON.replace("1400", "9000"), VM2, VM2_JSON);
        assertThat(mtu(changed)).isEqualTo(9000);
        assertThat(changed.model().ports()).hasSize(2);
        assertThat(remove(VM1).model().ports()).containsOnlyKeys(Id.of("vm2"));
    }

    @Test
    void whatIsWrongStaysAsItWas() {
        put(NET, NET_JSON, VM1, VM1_JSON);
        for (String wrong :
                List.of("{\"id\": \"net\", \"mtu\": 7}", "{\"id\": \"other\"}", "[", "[]", "{\"id\": \"net\"")) {
            Outcome outcome = put(NET, wrong);
            assertThat(mtu(outcome)).as(wrong).isEqualTo(1400);
            assertThat(outcome.model().ports()).containsKey(Id.of("vm1"));
            assertThat(said(outcome)).as(wrong).singleElement().asString().startsWith("networks/net: network net: ");
            assertThat(put(VM2, VM2_JSON).violations()).hasSize(1);
        }
        assertThat(put(NET, NET_JSON.replace("1400", "1500")).violations()).isEmpty();
    }

    @Test
    void ofTwoThatWantTheSameTheOneThatHadItKeepsIt() {
        put(NET, NET_JSON, VM2, VM2_JSON);
        Outcome outcome = put(VM1, port("vm1", "02:00:00:00:00:02"));
        assertThat(said(outcome))
                .singleElement()
                .asString()
                .contains("is also the MAC address of port vm")
                .doesNotContain("line");
        assertThat(outcome.model().ports()).hasSize(1);
        assertThat(remove(VM2).violations()).isEmpty();
        assertThat(objects.change(Map.of()).model().ports()).containsOnlyKeys(Id.<Port>of("vm1"));
    }

    @Test
    void whatRefersToSomethingThatIsGoneIsLeftOut() {
        put(NET, NET_JSON, VM1, VM1_JSON);
        Outcome outcome = remove(NET);
        assertThat(outcome.model().ports()).isEmpty();
        assertThat(outcome.violations()).hasSize(1);
        assertThat(put(NET, NET_JSON).model().ports()).hasSize(1);
    }

    @Test
    void unknownListsAreRefused() {
        assertThat(said(put(new Name("trunks", "t"), "{}")))
                .containsExactly("trunks/t: is of no list of a network file");
    }
}
