package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortSecurityTest extends ApiScene {
    private static final String PAIRS = ", allowed_address_pairs: [{ip_address: '2001:db8::5'}]";

    @SuppressWarnings("NullAway.Init")
    private String open;

    @SuppressWarnings("NullAway.Init")
    private String guarded;

    @BeforeEach
    void open() {
        guarded = api.post("networks", "{network: {}}").id();
        open = api.post("networks", "{network: {port_security_enabled: false}}").id();
    }

    private Reply create(String network, String attributes) {
        return api.post("ports", "{port: {network_id: '" + network + "'" + attributes + "}}");
    }

    @Test
    void isTheNetworks() {
        assertThat(create(guarded, "").object().path("port_security_enabled").asBoolean())
                .isTrue();
        JsonNode without = create(open, "").object();
        assertThat(without.path("port_security_enabled").asBoolean()).isFalse();
        assertThat(without.path("security_groups")).isEmpty();
        assertThat(create(open, ", port_security_enabled: true").object().path("security_groups"))
                .hasSize(1);
    }

    @Test
    void isOffForWhatNeutronTrusts() {
        JsonNode dhcp = create(guarded, ", device_owner: 'network:dhcp'").object();
        assertThat(dhcp.path("port_security_enabled").asBoolean()).isFalse();
        assertThat(dhcp.path("security_groups")).isEmpty();
        assertThat(create(guarded, ", device_owner: 'network:dhcp', port_security_enabled: true")
                        .object()
                        .path("security_groups"))
                .isEmpty();
    }

    @Test
    void noGroupsAreNone() {
        assertThat(create(guarded, ", security_groups: []").object().path("security_groups"))
                .isEmpty();
        assertThat(create(guarded, ", security_groups: null").object().path("security_groups"))
                .hasSize(1);
    }

    @Test
    void groupsAreThereAndTheCallers() {
        String group = create(guarded, "").object().at("/security_groups/0").asText();
        assertThat(create(guarded, ", security_groups: ['" + group + "']").status())
                .isEqualTo(201);
        assertThat(create(guarded, ", security_groups: ['none']").error())
                .isEqualTo("404 SecurityGroupNotFound: Security group none does not exist");
        String own = api.by("member").post("networks", "{network: {}}").id();
        assertThat(api.by("member")
                        .post("ports", "{port: {network_id: '" + own + "', security_groups: ['" + group + "']}}")
                        .status())
                .isEqualTo(404);
        String port = create(guarded, "").id();
        assertThat(api.put("ports/" + port, "{port: {security_groups: ['none']}}")
                        .status())
                .isEqualTo(404);
        assertThat(api.put("ports/" + port, "{port: {security_groups: []}}")
                        .object()
                        .path("security_groups"))
                .isEmpty();
    }

    @Test
    void groupsNeedIt() {
        String group = create(guarded, "").object().at("/security_groups/0").asText();
        assertThat(create(open, ", security_groups: ['" + group + "']").error())
                .isEqualTo("400 PortSecurityAndIPRequiredForSecurityGroups: Port security must be enabled and port must"
                        + " have an IP address in order to use security groups.");
        String port = create(guarded, "").id();
        assertThat(api.put("ports/" + port, "{port: {port_security_enabled: false}}")
                        .error())
                .startsWith("409 PortSecurityPortHasSecurityGroup");
        assertThat(api.put(
                                "ports/" + port,
                                "{port: {port_security_enabled: false, security_groups: ['" + group + "']}}")
                        .error())
                .startsWith("400 PortSecurityAndIPRequiredForSecurityGroups");
        assertThat(api.put("ports/" + port, "{port: {port_security_enabled: false, security_groups: []}}")
                        .status())
                .isEqualTo(200);
        assertThat(api.put("ports/" + port, "{port: {security_groups: ['" + group + "']}}")
                        .error())
                .startsWith("400 PortSecurityAndIPRequiredForSecurityGroups");
    }

    @Test
    void pairsNeedIt() {
        assertThat(create(open, PAIRS).error())
                .isEqualTo("409 AddressPairAndPortSecurityRequired: Port Security must be enabled in order to have"
                        + " allowed address pairs on a port.");
        String port = create(guarded, PAIRS + ", security_groups: []").id();
        assertThat(api.put("ports/" + port, "{port: {port_security_enabled: false}}")
                        .error())
                .startsWith("409 AddressPairAndPortSecurityRequired");
        assertThat(api.put("ports/" + port, "{port: {allowed_address_pairs: null, port_security_enabled: false}}")
                        .object()
                        .path("allowed_address_pairs"))
                .isEmpty();
    }

    @Test
    void pairsHaveThePortsMacAddress() {
        JsonNode port = create(
                        guarded,
                        ", mac_address: '02:00:00:00:00:01', allowed_address_pairs: [{ip_address: '2001:DB8:9::/64'},"
                                + " {ip_address: '2001:db8::5', mac_address: '02:00:00:00:00:09'}]")
                .object();
        assertThat(port.path("allowed_address_pairs"))
                .isEqualTo(ApiCalls.parsed("[{ip_address: '2001:db8:9::/64', mac_address: '02:00:00:00:00:01'},"
                        + " {ip_address: '2001:db8::5', mac_address: '02:00:00:00:00:09'}]"));
    }

    @Test
    void refusesPairsThatDoNotFit() {
        assertThat(create(
                                guarded,
                                ", mac_address: '02:00:00:00:00:01', allowed_address_pairs: [{ip_address: '2001:db8::5'},"
                                        + " {ip_address: '2001:db8::5', mac_address: '02:00:00:00:00:01'}]")
                        .error())
                .isEqualTo("400 DuplicateAddressPairInRequest: Request contains duplicate address pair: mac_address"
                        + " 02:00:00:00:00:01 ip_address 2001:db8::5.");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            many.append(i == 0 ? "" : ",")
                    .append("{ip_address: '2001:db8::")
                    .append(i)
                    .append("'}");
        }
        assertThat(create(guarded, ", allowed_address_pairs: [" + many + "]").error())
                .isEqualTo(
                        "400 AllowedAddressPairExhausted: The number of allowed address pair exceeds the maximum 10.");
        assertThat(create(guarded, ", allowed_address_pairs: [{mac_address: '02:00:00:00:00:01'}]")
                        .error())
                .startsWith("400 HTTPBadRequest: Invalid input for allowed_address_pairs. Reason:");
        assertThat(create(guarded, ", allowed_address_pairs: [{ip_address: 'x'}]")
                        .status())
                .isEqualTo(400);
    }
}
