package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.Test;

class RouterRoutesTest extends RouterScene {
    @Test
    void keepsItsRoutes() {
        String id = router(gateway(""));
        String one = "{destination: '2001:db8:100::1/48', nexthop: '2001:db8:e::5'}";
        String two = "{destination: '2001:db8:200::/48', nexthop: '2001:db8:e:0::6'}";
        assertThat(put(id, "routes: [" + one + "]").body().at("/router/routes"))
                .hasToString("[{\"destination\":\"2001:db8:100::/48\",\"nexthop\":\"2001:db8:e::5\"}]");
        Reply added = api.put("/routers/" + id + "/add_extraroutes", "{router: {routes: [" + one + "," + two + "]}}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body().at("/router/routes")).hasSize(2);
        assertThat(added.body().at("/router/id").asText()).isEqualTo(id);
        Reply removed = api.put("/routers/" + id + "/remove_extraroutes", "{router: {routes: [" + one + "]}}");
        assertThat(removed.body().at("/router/routes/0/nexthop").asText()).isEqualTo("2001:db8:e::6");
        assertThat(put(id, "routes: null").body().at("/router/routes")).isEmpty();
    }

    @Test
    void hasRoutesToItsOwnSubnets() {
        String id = router("");
        List<String> routes = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String cidr = "2001:db8:" + i + "::/64";
            String network = api.made("/networks", "{network: {}}");
            String inside = subnet(network, cidr, "2001:db8:" + i + "::1");
            api.put("/routers/" + id + "/add_router_interface", "{subnet_id: '" + inside + "'}");
            routes.add("{destination: '" + cidr + "', nexthop: '2001:db8:" + i + "::2'}");
        }
        assertThat(put(id, "routes: " + routes).body().at("/router/routes")).hasSize(4);
    }

    @Test
    void refusesRoutesThatLeadNowhere() {
        String id = router(gateway(", external_fixed_ips: [{ip_address: '2001:db8:e::10'}]"));
        String[] bad = {
            "{destination: '2001:db8:3::/48', nexthop: '2001:db8:dead::7'}", "the nexthop is not connected with router",
            "{destination: '2001:db8:3::/48', nexthop: '2001:db8:e::10'}", "the nexthop is used by router",
            "{destination: '10.0.0.0/8', nexthop: '2001:db8:e::7'}",
                    "the destination and the nexthop are of different IP versions"
        };
        for (int i = 0; i < bad.length; i += 2) {
            Reply put = put(id, "routes: [" + bad[i] + "]");
            assertThat(put.refusal()).isEqualTo("400 InvalidRoutes");
            assertThat(put.message()).startsWith("Invalid format for routes: ").endsWith(", " + bad[i + 1]);
            assertThat(api.put("/routers/" + id + "/add_extraroutes", "{router: {routes: [" + bad[i] + "]}}")
                            .refusal())
                    .isEqualTo("400 InvalidRoutes");
        }
        String good = "{destination: '2001:db8:3::/48', nexthop: '2001:db8:e::5'}";
        assertThat(put(id, "routes: [" + good + "," + good + "]").status()).isEqualTo(400);
        assertThat(put(id, "routes: [{destination: '2001:db8:3::/48'}]").status())
                .isEqualTo(400);
        for (String body : new String[] {"{}", "{router: {}}", "{router: {routes: 1}}", "{router: {routes: [{}]}}"}) {
            assertThat(api.put("/routers/" + id + "/add_extraroutes", body).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void keepsPortsThatRoutesNeed() {
        String network = api.made("/networks", "{network: {}}");
        String inside = subnet(network, "2001:db8:1::/64", "2001:db8:1::1");
        String id = router(gateway(""));
        api.put("/routers/" + id + "/add_router_interface", "{subnet_id: '" + inside + "'}");
        put(id, "routes: [{destination: '2001:db8:3::/48', nexthop: '2001:db8:1::5'}]");
        Reply reply = api.put("/routers/" + id + "/remove_router_interface", "{subnet_id: '" + inside + "'}");
        assertThat(reply.refusal()).isEqualTo("409 RouterInterfaceInUseByRoute");
        assertThat(reply.message())
                .isEqualTo("Router interface for subnet " + inside + " on router " + id
                        + " cannot be deleted, as it is required by one or more routes.");
        put(id, "routes: [{destination: '2001:db8:3::/48', nexthop: '2001:db8:e::5'}]");
        assertThat(put(id, "external_gateway_info: {}").refusal()).isEqualTo("409 RouterInterfaceInUseByRoute");
        assertThat(put(id, "external_gateway_info: {}, routes: []").status()).isEqualTo(200);
        assertThat(api.put("/routers/" + id + "/remove_router_interface", "{subnet_id: '" + inside + "'}")
                        .status())
                .isEqualTo(200);
    }
}
