package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.Subnet;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;

/** Reading network files in tests. */
final class Reads {
    /** One network with one IPv6 subnet whose addresses are assigned; a port on line 3. */
    static final String BLUE = """
            networks: [{id: blue}]
            subnets: [{id: blue6, network_id: blue, ip_version: 6, cidr: "2001:db8:1::/64"}]
            ports:
            """;

    private Reads() {}

    /** The model of a text that must be valid. */
    static NetworkModel model(String... lines) {
        Reading reading = NetworkFile.parse("n", String.join("\n", lines));
        assertThat(reading).isInstanceOf(Valid.class);
        return ((Valid) reading).model();
    }

    /** The violations of a text, as users see them but for the name of the file. */
    static List<String> violations(String... lines) {
        Reading reading = NetworkFile.parse("n", String.join("\n", lines));
        assertThat(reading).isInstanceOf(Invalid.class);
        return ((Invalid) reading)
                .violations().stream()
                        .map(violation -> violation.toString().substring("n:".length()))
                        .toList();
    }

    static Port port(NetworkModel model, String id) {
        return Objects.requireNonNull(model.ports().get(Id.<Port>of(id)), id);
    }

    static Subnet subnet(NetworkModel model, String id) {
        return Objects.requireNonNull(model.subnets().get(Id.<Subnet>of(id)), id);
    }

    /** A port's addresses as text. */
    static List<String> addresses(NetworkModel model, String port) {
        return port(model, port).fixedIps().stream()
                .map(fixed -> fixed.ipAddress().toString())
                .toList();
    }
}
