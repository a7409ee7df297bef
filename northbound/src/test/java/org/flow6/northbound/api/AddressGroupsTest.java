package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.Test;

class AddressGroupsTest extends ProjectScene {
    private String made() {
        return api.made(
                "/address-groups",
                "{address_group: {name: 'ag', addresses: ['2001:db8:a::/64', '2001:db8:7:0::7', '10.0.0.1']}}");
    }

    @Test
    void makesPrefixesOfAddresses() {
        JsonNode group = api.get("/address-groups/" + made()).body().path("address_group");
        assertThat(group.path("addresses")).hasToString("[\"2001:db8:a::/64\",\"2001:db8:7::7/128\",\"10.0.0.1/32\"]");
        assertThat(group.path("description").asText()).isEmpty();
        assertThat(group.has("tags")).isFalse();
    }

    @Test
    void addsAndRemovesAddresses() {
        String id = made();
        assertThat(api.put("/address-groups/" + id + "/add_addresses", "{addresses: ['2001:db8:8::/48']}")
                        .body()
                        .at("/address_group/addresses"))
                .hasSize(4);
        Reply removed =
                api.put("/address-groups/" + id + "/remove_addresses", "{addresses: ['2001:db8:7::7', '10.0.0.1/32']}");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.body().at("/address_group/addresses"))
                .hasToString("[\"2001:db8:a::/64\",\"2001:db8:8::/48\"]");
        assertThat(api.put("/address-groups/" + id, "{address_group: {name: 'x', description: 'y'}}")
                        .body()
                        .at("/address_group/name")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void refusesWhatDoesNotFit() {
        String id = made();
        Reply twice = api.put("/address-groups/" + id + "/add_addresses", "{addresses: ['10.0.0.1']}");
        assertThat(twice.refusal()).isEqualTo("400 AddressesAlreadyExist");
        assertThat(twice.message()).endsWith("already exist in the address group " + id + ".");
        assertThat(api.put("/address-groups/" + id + "/remove_addresses", "{addresses: ['10.0.0.2']}")
                        .refusal())
                .isEqualTo("404 AddressesNotFound");
        assertThat(api.put("/address-groups/" + id + "/add_addresses", "{addresses: []}")
                        .status())
                .isEqualTo(400);
        assertThat(api.put("/address-groups/" + id + "/add_addresses", "{addresses: ['x']}")
                        .message())
                .startsWith("Invalid input for addresses. Reason: 'x'");
        assertThat(api.put("/address-groups/" + id + "/other", "{}").status()).isEqualTo(404);
        assertThat(api.put("/address-groups/" + id, "{address_group: {addresses: []}}")
                        .message())
                .isEqualTo("Cannot update read-only attribute addresses");
        assertThat(api.get("/address-groups/42").refusal()).isEqualTo("404 AddressGroupNotFound");
    }

    @Test
    void keepsThoseThatRulesName() {
        String id = made();
        String group = api.made("/security-groups", "{security_group: {name: 'web'}}");
        String rule = api.made(
                "/security-group-rules",
                "{security_group_rule: {security_group_id: '" + group
                        + "', direction: 'ingress', remote_address_group_id: '" + id + "'}}");
        Reply reply = api.delete("/address-groups/" + id);
        assertThat(reply.refusal()).isEqualTo("409 AddressGroupInUse");
        assertThat(reply.message())
                .isEqualTo("Address group " + id + " is in use on one or more security group rules.");
        assertThat(api.delete("/security-group-rules/" + rule).status()).isEqualTo(204);
        assertThat(api.delete("/address-groups/" + id).status()).isEqualTo(204);
    }
}
