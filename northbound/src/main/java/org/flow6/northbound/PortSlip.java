package org.flow6.northbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.network.Id;
import org.flow6.network.Network;
import org.flow6.network.Port;
import org.flow6.network.SecurityGroup;
import org.flow6.network.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a port that is left out of a network: as much as tells whether it is wanted there.
 *
 * @param groups that it states, whether they apply or not
 * @param host that it names; empty: none
 */
record PortSlip(Id<Network> network, List<Id<SecurityGroup>> groups, String host) {
    private static final JsonFactory JSON = new JsonFactory();
    // Few are there of each, beside the ports that name them.
    private static final Interner<Id<Network>> NETWORKS = Interners.newWeakInterner();
    private static final Interner<List<Id<SecurityGroup>>> GROUPS = Interners.newWeakInterner();
    private static final Interner<String> HOSTS = Interners.newWeakInterner();

    /**
     * Reads a port, without looking at more of it than is needed.
     *
     * @param json as a store has it
     * @return empty if the port cannot be left out, wherever it is: it is a router's, it belongs wherever an interface has
     *     its name, it does not say which groups it has, or there is something wrong with it
     */
    static Optional<PortSlip> read(String json) {
        Reading reading = new Reading();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                reading.take(parser, parser.currentName());
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return reading.slip();
    }

    boolean isIn(Wanted wanted, String id) {
        return wanted.has(Id.of(id), network, groups);
    }

    private static final class Reading {
        private String network = "";
        private @Nullable List<Id<SecurityGroup>> groups;
        private String host = "";
        private String owner = "";
        private String interfaceName = "";

        /** Takes a field, and leaves the parser at the end of its value. */
        void take(JsonParser parser, String name) throws IOException {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "network_id" -> network = text(parser);
                case "binding:host_id" -> host = text(parser);
                case "device_owner" -> owner = text(parser);
                case "security_groups" -> groups = value == JsonToken.START_ARRAY ? groups(parser) : null;
                case "binding:profile" -> {
                    while (value == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
                        boolean named = parser.currentName().equals("interface_name");
                        parser.nextToken();
                        interfaceName = named ? text(parser) : interfaceName;
                        parser.skipChildren();
                    }
                }
                default -> {}
            }
            parser.skipChildren();
        }

        private static String text(JsonParser parser) throws IOException {
            return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        }

        private static List<Id<SecurityGroup>> groups(JsonParser parser) throws IOException {
            List<Id<SecurityGroup>> groups = new ArrayList<>(1);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                String group = text(parser);
                if (!group.isEmpty()) {
                    groups.add(Id.of(group));
                }
                parser.skipChildren();
            }
            return GROUPS.intern(List.copyOf(groups));
        }

        Optional<PortSlip> slip() {
            boolean anywhere = host.isEmpty() && !interfaceName.isEmpty();
            return network.isEmpty() || groups == null || anywhere || Port.isRouterInterface(owner)
                    ? Optional.empty()
                    : Optional.of(new PortSlip(NETWORKS.intern(Id.of(network)), groups, HOSTS.intern(host)));
        }
    }
}
