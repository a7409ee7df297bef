package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.StoreState;
import org.junit.jupiter.api.Test;

/** The next port of a network costs about the same, however many there are. */
class PortsAtScaleTest {
    private static final int MANY = 20_000;
    private static final int FEW = 200;

    private Catalog catalog(int ports) throws NeutronError {
        Map<String, Resource> resources = new HashMap<>();
        Resources.all().forEach(resource -> resources.put(resource.collection(), resource));
        Catalog catalog = Catalog.empty(resources)
                .with(
                        new ObjectKey(Networks.ALL, "n"),
                        JsonNodeFactory.instance.objectNode().put("id", "n"));
        catalog = with(catalog, "s4", "4", "10.0.0.0/16", "10.0.0.2", "10.0.255.254", "");
        catalog = with(catalog, "s6", "6", "2001:db8::/64", "2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", "");
        catalog = with(catalog, "sa", "6", "2001:db8:1::/64", "2001:db8:1::1", "2001:db8:1::2", "slaac");
        for (int i = 0; i < ports; i++) {
            catalog = add(catalog, "p" + i);
        }
        return catalog;
    }

    private static Catalog with(
            Catalog catalog, String id, String version, String cidr, String start, String end, String mode) {
        ObjectNode subnet = (ObjectNode) ApiCalls.parsed("{id: '" + id + "', network_id: 'n', ip_version: " + version
                + ", cidr: '" + cidr + "', ipv6_address_mode: '" + mode + "', allocation_pools: [{start: '" + start
                + "', end: '" + end + "'}]}");
        return catalog.with(new ObjectKey(Subnets.ALL, id), subnet);
    }

    private static Catalog add(Catalog catalog, String id) throws NeutronError {
        Draft draft = new Draft(StoreState.EMPTY, catalog, "2026-11-21T12:00:00Z");
        ObjectNode port = JsonNodeFactory.instance.objectNode();
        Ports.fill(port.put("id", id).put("network_id", "n").put("project_id", "x"), draft);
        FixedIps.allocate(port, MissingNode.getInstance(), draft);
        Ports.put(port, draft);
        return draft.catalog();
    }

    private static long nanoseconds(Catalog catalog) throws NeutronError {
        Catalog grown = catalog;
        long start = System.nanoTime();
        for (int i = 0; i < FEW; i++) {
            grown = add(grown, "q" + i);
        }
        return System.nanoTime() - start;
    }

    @Test
    void doesNotLookAtAllPorts() throws Exception {
        Catalog few = catalog(FEW);
        Catalog many = catalog(MANY);
        ObjectNode last = many.get(Ports.ALL, "p" + (MANY - 1));
        assertThat(last).isNotNull();
        assertThat(last.at("/fixed_ips/0/ip_address").asText()).isEqualTo("10.0.78.33");
        nanoseconds(few);
        long little = Math.min(nanoseconds(few), nanoseconds(few));
        long much = Math.min(nanoseconds(many), nanoseconds(many));
        // A hundred times as many ports: a look at each would take some fifty times as long.
        assertThat(much).isLessThan(10 * little + 20_000_000);
    }
}
