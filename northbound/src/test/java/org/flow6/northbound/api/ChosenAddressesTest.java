package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flow6.northbound.StoreState;
import org.junit.jupiter.api.Test;

/** Addresses that are chosen where hosts make their own, of a subnet that Flow6 is told so of. */
class ChosenAddressesTest {
    private static final String CHOSEN = ", flow6: {chosen_addresses: true}";
    private static final String EUI64 = "2001:db8:1::ff:fe00:1";

    private static Draft draft(String subnet) {
        Map<String, Resource> resources = new HashMap<>();
        Resources.all().forEach(resource -> resources.put(resource.collection(), resource));
        Draft draft = new Draft(StoreState.EMPTY, Catalog.empty(resources), "2026-11-21T12:00:00Z");
        draft.put(
                Subnets.ALL,
                object("{id: 's', network_id: 'n', ip_version: 6, cidr: '2001:db8:1::/64', ipv6_ra_mode: 'slaac'"
                        + subnet + "}"));
        return draft;
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) ApiCalls.parsed(json);
    }

    private static ObjectNode port(String rest) {
        return object("{id: 'p', network_id: 'n', mac_address: '02:00:00:00:00:01'" + rest + "}");
    }

    private static List<String> addresses(ObjectNode port) {
        List<String> addresses = new ArrayList<>();
        port.path("fixed_ips").forEach(ip -> addresses.add(ip.path("ip_address").asText()));
        return addresses;
    }

    private static List<String> allocated(ObjectNode port, String wanted, Draft draft) throws NeutronError {
        FixedIps.allocate(port, wanted(wanted), draft);
        return addresses(port);
    }

    private static JsonNode wanted(String addresses) {
        return ApiCalls.parsed("[" + addresses + "]");
    }

    @Test
    void areRefusedWhereNobodySaysSo() {
        assertThatThrownBy(() -> allocated(port(""), "{ip_address: '2001:db8:1::abc'}", draft("")))
                .isInstanceOf(NeutronError.class)
                .hasMessageContaining("cannot be directly assigned");
    }

    @Test
    void standInPlaceOfTheOneThatTheHostMakes() throws Exception {
        String wanted = "{ip_address: '2001:db8:1::abc'}";
        assertThat(allocated(port(""), wanted, draft(CHOSEN))).containsExactly("2001:db8:1::abc");
        assertThat(allocated(port(""), wanted + ", {ip_address: '" + EUI64 + "'}", draft(CHOSEN)))
                .containsExactly("2001:db8:1::abc", EUI64);
        assertThat(allocated(port(""), "{subnet_id: 's'}", draft(CHOSEN))).containsExactly(EUI64);
        ObjectNode without = port("");
        FixedIps.allocate(without, MissingNode.getInstance(), draft(CHOSEN));
        assertThat(addresses(without)).containsExactly(EUI64);
    }

    @Test
    void stayWhereTheMacAddressChanges() throws Exception {
        Draft draft = draft(CHOSEN);
        ObjectNode before = port("");
        FixedIps.allocate(before, wanted("{ip_address: '2001:db8:1::abc'}, {ip_address: '" + EUI64 + "'}"), draft);
        ObjectNode after = Draft.copy(before);
        FixedIps.change(before, after.put("mac_address", "02:00:00:00:00:02"), draft);
        assertThat(addresses(after)).containsExactly("2001:db8:1::abc");
        ObjectNode none = Draft.copy(after);
        none.putArray("fixed_ips");
        FixedIps.change(after, none, draft);
        assertThat(addresses(none)).containsExactly("2001:db8:1::ff:fe00:2");
    }
}
