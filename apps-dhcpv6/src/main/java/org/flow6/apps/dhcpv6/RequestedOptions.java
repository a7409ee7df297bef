package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flow6.packets.dhcpv6.ClientFqdn;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.OptionRequest;

/** The settings that a client asks for and that there are, in the order in which it asks (RFC 8415 §18.3, §21.7). */
final class RequestedOptions {
    private RequestedOptions() {}

    static List<Dhcpv6Option> of(Client client, ClientServerMessage message) {
        Optional<OptionRequest> request = message.option(OptionRequest.class);
        if (request.isEmpty()) {
            return List.of();
        }
        Map<Integer, List<Dhcpv6Option>> there = client.profile().options(message.type());
        List<Dhcpv6Option> options = new ArrayList<>();
        List<Integer> given = new ArrayList<>();
        for (Integer code : request.get().codes()) {
            if (given.contains(code)) {
                continue;
            }
            List<Dhcpv6Option> some =
                    code == ClientFqdn.CODE ? name(client, message) : there.getOrDefault(code, List.of());
            if (!some.isEmpty()) {
                given.add(code);
                options.addAll(some);
            }
        }
        return options;
    }

    private static List<Dhcpv6Option> name(Client client, ClientServerMessage message) {
        Optional<ClientFqdn> asked = message.option(ClientFqdn.class);
        return asked.isEmpty() ? List.of() : List.of(HostName.answer(client, asked.get()));
    }
}
