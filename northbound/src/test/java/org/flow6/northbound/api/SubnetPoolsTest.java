package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubnetPoolsTest extends ApiScene {
    @SuppressWarnings("NullAway.Init")
    private String network;

    @BeforeEach
    void open() {
        network = api.post("networks", "{network: {}}").id();
    }

    private Reply create(String attributes) {
        return api.post("subnetpools", "{subnetpool: {name: 'p', prefixes: " + attributes + "}}");
    }

    private Reply draw(String attributes) {
        return api.post("subnets", "{subnet: {network_id: '" + network + "', ip_version: 6" + attributes + "}}");
    }

    private static String cidr(Reply drawn) {
        assertThat(drawn.status()).as(drawn.error()).isEqualTo(201);
        assertThat(drawn.object().has("prefixlen")).isFalse();
        return drawn.object().path("cidr").asText();
    }

    @Test
    void hasNeutronsDefaults() {
        JsonNode six = create("['2001:DB8::/36']").object();
        assertThat(six.path("prefixes")).isEqualTo(ApiCalls.parsed("['2001:db8::/36']"));
        assertThat(six.path("ip_version").asInt()).isEqualTo(6);
        assertThat(six.path("min_prefixlen").asInt()).isEqualTo(64);
        assertThat(six.path("default_prefixlen").asInt()).isEqualTo(64);
        assertThat(six.path("max_prefixlen").asInt()).isEqualTo(128);
        assertThat(six.path("is_default").asBoolean(true)).isFalse();
        assertThat(six.path("shared").asBoolean(true)).isFalse();
        assertThat(six.path("default_quota").isNull()).isTrue();
        assertThat(six.path("tags")).isEmpty();
        JsonNode four = create("['10.0.0.0/8'], default_prefixlen: '24'").object();
        assertThat(four.path("ip_version").asInt()).isEqualTo(4);
        assertThat(four.path("min_prefixlen").asInt()).isEqualTo(8);
        assertThat(four.path("default_prefixlen").asInt()).isEqualTo(24);
        assertThat(four.path("max_prefixlen").asInt()).isEqualTo(32);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(create("[]").error()).startsWith("400 EmptySubnetPoolPrefixList");
        assertThat(create("['2001:db8::/36', '10.0.0.0/8']").error()).startsWith("400 PrefixVersionMismatch");
        for (String bounds : new String[] {
            "min_prefixlen: 65, max_prefixlen: 64",
            "min_prefixlen: 48, default_prefixlen: 40",
            "max_prefixlen: 64, default_prefixlen: 65",
            "max_prefixlen: 129"
        }) {
            assertThat(create("['2001:db8::/36'], " + bounds).status())
                    .as(bounds)
                    .isEqualTo(400);
        }
        assertThat(create("['10.0.0.0/8'], max_prefixlen: 33").error()).startsWith("400 IllegalSubnetPoolPrefixBounds");
        assertThat(api.post("subnetpools", "{subnetpool: {name: 'x'}}").error())
                .isEqualTo("400 HTTPBadRequest: Failed to parse request. Required attribute 'prefixes' not specified");
        assertThat(api.post("subnetpools", "{subnetpool: {prefixes: ['2001:db8::/36']}}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("subnetpools/none").error())
                .isEqualTo("404 SubnetPoolNotFound: SubnetPool none could not be found.");
    }

    @Test
    void givesPrefixesThatOverlapNone() {
        String pool = create("['2001:db8::/62', '2001:db8:9::/63'], min_prefixlen: 60, default_prefixlen: 64")
                .id();
        String of = ", subnetpool_id: '" + pool + "'";
        assertThat(cidr(draw(of))).isEqualTo("2001:db8::/64");
        assertThat(cidr(draw(of + ", prefixlen: 63"))).isEqualTo("2001:db8:0:2::/63");
        String back = api.get("subnets?cidr=2001:db8::/64").object().at("/0/id").asText();
        assertThat(cidr(draw(of))).isEqualTo("2001:db8:0:1::/64");
        assertThat(cidr(draw(of + ", prefixlen: 65"))).isEqualTo("2001:db8:9::/65");
        assertThat(cidr(draw(of))).isEqualTo("2001:db8:9:1::/64");
        assertThat(draw(of).error())
                .isEqualTo("409 SubnetAllocationError: Failed to allocate subnet: Insufficient prefix space to allocate"
                        + " subnet size /64.");
        api.delete("subnets/" + back);
        assertThat(cidr(draw(of))).isEqualTo("2001:db8::/64");
        assertThat(draw(of + ", prefixlen: 59").error()).startsWith("400 MinPrefixSubnetAllocationError");
    }

    @Test
    void givesThePrefixThatIsAskedFor() {
        String pool = create("['2001:db8::/48'], max_prefixlen: 64").id();
        String of = ", subnetpool_id: '" + pool + "'";
        assertThat(cidr(draw(of + ", cidr: '2001:db8:0:7::/64'"))).isEqualTo("2001:db8:0:7::/64");
        for (String taken : new String[] {"2001:db8:0:7::/64", "2001:db8:1::/64"}) {
            assertThat(draw(of + ", cidr: '" + taken + "'").error()).startsWith("409 SubnetAllocationError");
        }
        assertThat(draw(of + ", prefixlen: 65").error()).startsWith("400 MaxPrefixSubnetAllocationError");
        assertThat(draw(of + ", ip_version: 4").status()).isEqualTo(400);
        assertThat(draw(", subnetpool_id: 'none'").error()).startsWith("404 SubnetPoolNotFound");
    }

    @Test
    void isTheDefault() {
        assertThat(draw(", use_default_subnetpool: true").error())
                .startsWith("400 BadRequest: Bad subnets request: no default subnetpool");
        String pool = create("['2001:db8::/48'], is_default: true").id();
        create("['10.0.0.0/8'], is_default: true");
        assertThat(create("['2001:db8:1::/48'], is_default: true").error())
                .startsWith("400 InvalidInput: Invalid input for operation: A default subnetpool for this IP family");
        JsonNode drawn = draw(", use_default_subnetpool: true").object();
        assertThat(drawn.path("cidr").asText()).isEqualTo("2001:db8::/64");
        assertThat(drawn.path("subnetpool_id").asText()).isEqualTo(pool);
        JsonNode delegated = draw(", subnetpool_id: 'prefix_delegation', ipv6_ra_mode: 'slaac',"
                        + " ipv6_address_mode: 'slaac'")
                .object();
        assertThat(delegated.path("cidr").asText()).isEqualTo("2001:db8:0:1::/64");
        assertThat(delegated.path("subnetpool_id").asText()).isEqualTo("prefix_delegation");
    }

    @Test
    void changesAndGoes() {
        String id = create("['2001:db8::/48']").id();
        Reply changed = api.put(
                "subnetpools/" + id,
                "{subnetpool: {description: 'd', prefixes: ['2001:db8::/47'], min_prefixlen: 48}}");
        assertThat(changed.object().path("min_prefixlen").asInt()).isEqualTo(48);
        assertThat(api.put("subnetpools/" + id, "{subnetpool: {prefixes: ['2001:db8::/48']}}")
                        .error())
                .startsWith("400 IllegalSubnetPoolPrefixUpdate");
        assertThat(api.put("subnetpools/" + id, "{subnetpool: {shared: true}}").status())
                .isEqualTo(400);
        String subnet = draw(", subnetpool_id: '" + id + "'").id();
        assertThat(api.delete("subnetpools/" + id).error())
                .isEqualTo(
                        "409 SubnetPoolDeleteError: Unable to delete subnet pool: Subnet pool has existing allocations.");
        api.delete("subnets/" + subnet);
        assertThat(api.delete("subnetpools/" + id).status()).isEqualTo(204);
        assertThat(api.get("subnetpools").object()).isEmpty();
    }

    @Test
    void isUsedByItsOwnersAndThoseItIsSharedWith() {
        ApiCalls member = api.by("member");
        String own = member.post("networks", "{network: {}}").id();
        String hidden = create("['2001:db8::/48']").id();
        String shared = create("['2001:db8:1::/48'], shared: true").id();
        String on = "{subnet: {network_id: '" + own + "', ip_version: 6, subnetpool_id: '";
        assertThat(member.post("subnets", on + hidden + "'}}").status()).isEqualTo(404);
        assertThat(member.post("subnets", on + shared + "'}}").status()).isEqualTo(201);
    }
}
