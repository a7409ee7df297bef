package org.flow6.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.flow6.network.file.NetworkFile;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.OFPort;

/** What is seen of physical networks, on walks between all states of one network in a random order. */
class OutsideViewsTest {
    private static final int STEPS = 600;

    /** What may be so or not. */
    private enum Trait {
        HOSTS("hosts: [{name: hostA, tunnel_ip: 'fd00::1', physical_networks: [p]}, "
                + "{name: hostB, tunnel_ip: 'fd00::2', physical_networks: [p]}]\n"),
        ELSEWHERE("hostB"),
        PROXY("{proxy_nd: true}"),
        PHYSICAL(", 'provider:network_type': flat, 'provider:physical_network': p"),
        VM("- {id: vm, network_id: blue, mac_address: '02:00:00:00:00:03', "
                + "fixed_ips: [{ip_address: '2001:db8:b::13'}, {ip_address: '2001:db8:d::13'}]}\n"),
        NEIGHBOR("- {id: next, network_id: ext, mac_address: '02:00:00:00:00:04', "
                + "fixed_ips: [{ip_address: '2001:db8:e::14'}]}\n"),
        SIDE(
                "- {id: side, network_id: ext, mac_address: '02:00:00:00:01:05', device_owner: 'network:router_interface', "
                        + "device_id: r, fixed_ips: [{ip_address: '2001:db8:e::7'}]}\n"),
        ROUTER_UP("true"),
        BOUND("");

        private final String text;

        Trait(String text) {
            this.text = text;
        }

        String in(Set<Trait> state) {
            return state.contains(this) ? text : "";
        }
    }

    private static NetworkModel model(Set<Trait> state) {
        String yaml = Trait.HOSTS.in(state)
                + """
                networks:
                - {id: ext, 'router:external': true%s}
                - {id: blue}
                subnets:
                - {id: ext6, network_id: ext, ip_version: 6, cidr: "2001:db8:e::/64"}
                - {id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:b::/64"}
                - {id: more6, network_id: blue, ip_version: 6, cidr: "2001:db8:d::/64"}
                routers: [{id: r, admin_state_up: %s, flow6: %s}]
                ports:
                - {id: gate, network_id: ext, mac_address: "02:00:00:00:01:01", "binding:host_id": %s,
                   device_owner: "network:router_gateway", device_id: r, fixed_ips: [{ip_address: "2001:db8:e::9"}]}
                - {id: in, network_id: blue, mac_address: "02:00:00:00:01:02", device_owner: "network:router_interface",
                   device_id: r, fixed_ips: [{ip_address: "2001:db8:b::1"}]}
                """.formatted(
                                Trait.PHYSICAL.in(state),
                                state.contains(Trait.ROUTER_UP),
                                state.contains(Trait.PROXY) ? Trait.PROXY.text : "{}",
                                state.contains(Trait.ELSEWHERE) ? Trait.ELSEWHERE.text : "hostA")
                + Trait.VM.in(state)
                + Trait.NEIGHBOR.in(state)
                + Trait.SIDE.in(state);
        NetworkFile.Reading reading = NetworkFile.parse("n", yaml);
        assertThat(reading).isInstanceOf(NetworkFile.Valid.class);
        return ((NetworkFile.Valid) reading).model();
    }

    private static NetworkEditor change(NetworkEditor editor, Set<Trait> state) {
        editor.host("hostA").model(model(state));
        Id<Port> provider = ProviderPort.idOf(Id.of("ext"));
        if (state.contains(Trait.BOUND)) {
            editor.bind(provider, OFPort.of(9)).bind(Id.of("next"), OFPort.of(4));
        } else {
            editor.unbind(provider).unbind(Id.of("next"));
        }
        return editor;
    }

    private static Map<Object, Object> views(NetworkSnapshot snapshot) {
        Map<Object, Object> views = new HashMap<>();
        NetworkModel model = snapshot.model();
        model.networks().keySet().forEach(id -> views.put(id, snapshot.network(id)));
        model.ports().values().forEach(port -> {
            views.put(port.id(), snapshot.port(port.id()));
            Claims.addresses(port).keySet().forEach(address -> {
                NetworkAddress key = new NetworkAddress(port.networkId(), address);
                views.put(key, snapshot.address(key));
            });
        });
        model.routers().keySet().forEach(id -> views.put(id, snapshot.router(id)));
        return views;
    }

    @Test
    void everyChangeIsSeenAndNamed() {
        SplittableRandom random = new SplittableRandom(6);
        NetworkSnapshot snapshot = NetworkSnapshot.EMPTY;
        Set<Trait> state = new HashSet<>();
        int proxied = 0;
        int left = 0;
        for (int step = 0; step < STEPS; step++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                Trait trait = Trait.values()[random.nextInt(Trait.values().length)];
                if (!state.remove(trait)) {
                    state.add(trait);
                }
            }
            String what = "step " + step + ": " + state;
            NetworkUpdate update = change(snapshot.edit(), state).update();
            Map<Object, Object> before = views(snapshot);
            Map<Object, Object> after = views(update.after());
            assertThat(after)
                    .as(what)
                    .isEqualTo(views(
                            change(NetworkSnapshot.EMPTY.edit(), state).update().after()));
            List<Object> named = new ArrayList<>(update.networks());
            named.addAll(update.ports());
            named.addAll(update.addresses());
            named.addAll(update.routers());
            Set<Object> changed = new HashSet<>(before.keySet());
            changed.addAll(after.keySet());
            changed.removeIf(key -> before.containsKey(key) && before.get(key).equals(after.get(key)));
            assertThat(named).as(what).containsAll(changed);
            snapshot = update.after();
            for (Object view : after.values()) {
                if (view instanceof Optional<?> some && some.orElse(null) instanceof AddressView address) {
                    proxied += address.proxies().size();
                    left += address.forAll() ? 0 : 1;
                }
            }
        }
        assertThat(proxied).as("how many addresses routers answered for").isGreaterThan(STEPS / 50);
        assertThat(left).as("how many addresses others answer for").isGreaterThan(STEPS / 10);
    }

    @Test
    void aRouterAnswersForTheSubnetsThatItIsOn() {
        NetworkSnapshot snapshot = change(
                        NetworkSnapshot.EMPTY.edit(),
                        Set.of(Trait.PROXY, Trait.PHYSICAL, Trait.VM, Trait.ROUTER_UP, Trait.BOUND))
                .update()
                .after();
        NetworkSnapshot elsewhere = change(
                        NetworkSnapshot.EMPTY.edit(),
                        Set.of(
                                Trait.HOSTS,
                                Trait.ELSEWHERE,
                                Trait.PROXY,
                                Trait.PHYSICAL,
                                Trait.VM,
                                Trait.ROUTER_UP,
                                Trait.BOUND))
                .update()
                .after();
        assertThat(snapshot.proxy(asked("2001:db8:b::13"))).isPresent();
        assertThat(snapshot.proxy(asked("2001:db8:b::1"))).isPresent();
        assertThat(snapshot.proxy(asked("2001:db8:d::13"))).isEmpty();
        assertThat(snapshot.proxy(asked("2001:db8:e::9"))).isEmpty();
        assertThat(elsewhere.proxy(asked("2001:db8:b::13"))).isEmpty();
    }

    private static NetworkAddress asked(String address) {
        return new NetworkAddress(Id.of("ext"), IPAddress.of(address));
    }
}
