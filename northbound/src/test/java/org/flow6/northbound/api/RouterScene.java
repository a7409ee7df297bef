package org.flow6.northbound.api;

import org.flow6.northbound.api.ApiCalls.Reply;
import org.junit.jupiter.api.BeforeEach;

/** Routers with ways out to an external network, 2001:db8:e::/64. */
abstract class RouterScene extends ProjectScene {
    String external = "";
    String subnet = "";

    @BeforeEach
    final void makeExternal() {
        external = api.made("/networks", "{network: {'router:external': true}}");
        subnet = subnet(external, "2001:db8:e::/64", "2001:db8:e::1");
    }

    final String subnet(String network, String cidr, String gateway) {
        return api.subnet(network, cidr, ", gateway_ip: '" + gateway + "'");
    }

    final String gateway(String rest) {
        return "external_gateway_info: {network_id: '" + external + "'" + rest + "}";
    }

    final String router(String attributes) {
        return api.made("/routers", "{router: {" + attributes + "}}");
    }

    final Reply put(String router, String attributes) {
        return api.put("/routers/" + router, "{router: {" + attributes + "}}");
    }
}
