package org.flow6.network.file;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.flow6.network.IpPrefix;
import org.flow6.network.Lifetimes;
import org.flow6.network.NtpServer;
import org.flow6.network.Route;
import org.flow6.network.file.Complaint.Place;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Mapping;
import org.flow6.network.text.Node.Scalar;
import org.flow6.network.text.Node.Sequence;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.types.IPAddress;
import org.projectfloodlight.openflow.types.MacAddress;

/** The types of value that attributes have. */
final class Readers {
    private Readers() {}

    /** How the form of a list begins. */
    static final String LIST = "list, each ";

    static final ValueReader<String> TEXT =
            field -> field.node() instanceof Scalar scalar ? scalar.text() : field.isNot("text");

    static final ValueReader<String> ID = scalar("an id", text -> text.isEmpty() ? null : text);

    static final ValueReader<String> NAME = scalar("a name", text -> text.isEmpty() ? null : text);

    static final ValueReader<Boolean> BOOLEAN = scalar("true or false", Readers::bool);

    /** An address of either family. */
    static final ValueReader<IPAddress<?>> ADDRESS =
            scalar("an IPv6 or IPv4 address", text -> Addresses.parse(text).orElse(null));

    /** An address that a host may have. */
    static final ValueReader<IPAddress<?>> HOST_ADDRESS = form("an IPv6 or IPv4 address", field -> {
        IPAddress<?> address = ADDRESS.read(field);
        String unfit = address == null ? null : Addresses.unfitForHost(address);
        return unfit == null ? address : field.complain(field.node().describe() + " " + unfit);
    });

    /** A prefix with its length; bits behind it are dropped, as Neutron does. */
    static final ValueReader<IpPrefix> CIDR =
            scalar("a prefix with its length, such as 2001:db8::/64", text -> Addresses.parsePrefix(text)
                    .orElse(null));

    /** A prefix, or an address as a prefix of full length. */
    static final ValueReader<IpPrefix> PREFIX = scalar("an address or a prefix", text -> Addresses.parsePrefix(text)
            .or(() -> Addresses.parse(text).map(IpPrefix::host))
            .orElse(null));

    private static final ValueReader<MacAddress> ANY_MAC = scalar("a MAC address", Readers::mac);

    /** A prefix or an address that hosts may have; all addresses are a prefix too. */
    static final ValueReader<IpPrefix> HOST_PREFIX = form("an address or a prefix", field -> {
        IpPrefix prefix = PREFIX.read(field);
        if (prefix == null || prefix.length() == 0) {
            return prefix;
        }
        String unfit = Addresses.unfitForHost(prefix.address());
        return unfit == null ? prefix : field.complain(field.node().describe() + " " + unfit);
    });

    /** The MAC address of one station: neither a group's nor all zeros. */
    static final ValueReader<MacAddress> MAC = form("a MAC address", field -> {
        MacAddress mac = ANY_MAC.read(field);
        if (mac == null) {
            return null;
        }
        if (mac.isMulticast()) {
            return field.complain(field.node().describe() + " is a multicast address, not one of a single port");
        }
        return mac.equals(MacAddress.NONE) ? field.complain("is all zeros") : mac;
    });

    /** A prefix with its length that IPv6 hosts may have addresses in. */
    static final ValueReader<IpPrefix> IPV6_PREFIX = form("an IPv6 prefix", field -> {
        IpPrefix prefix = CIDR.read(field);
        if (prefix == null) {
            return null;
        }
        String unfit = prefix.isIpv6() ? Addresses.unfitForHost(prefix.address()) : "is not IPv6";
        return unfit == null ? prefix : field.complain(prefix + " " + unfit);
    });

    /** Seconds, of which some never end. */
    static final ValueReader<Long> SECONDS = seconds(0);

    /** A domain name, fully qualified; a final dot is dropped. */
    static final ValueReader<String> DOMAIN_NAME = scalar("a domain name", Names::domain);

    /** A domain name, or an empty text for none, as Neutron has it. */
    static final ValueReader<String> DOMAIN_NAME_OR_NONE =
            scalar("a domain name", text -> text.isEmpty() ? text : Names.domain(text));

    static final ValueReader<NtpServer> NTP_SERVER = scalar("an IPv6 address or a domain name", Names::ntpServer);

    static final ValueReader<List<Route>> ROUTES = list(route((place, route) -> route));

    static final ValueReader<List<StatedRoute>> STATED_ROUTES = list(route(StatedRoute::new));

    /**
     * A route as it is stated.
     *
     * @param nexthop where its next hop is
     */
    record StatedRoute(Place nexthop, Route route) {}

    static ValueReader<Integer> integer(int min, int max) {
        return scalar("a number from " + min + " to " + max, text -> number(text, min, max));
    }

    /** The number that a text stands for; null if none does within the bounds. */
    static @Nullable Integer number(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            return number < min || number > max ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static ValueReader<Long> number(long min, long max) {
        return scalar("a number from " + min + " to " + max, text -> number(text, min, max));
    }

    private static @Nullable Long number(String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            return number < min || number > max ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Seconds of 32 bits, of which all ones never end. */
    static ValueReader<Long> seconds(long min) {
        return scalar(
                "seconds from " + min + " to " + Lifetimes.INFINITE + " or " + LifetimeAttributes.INFINITE,
                text -> text.equalsIgnoreCase(LifetimeAttributes.INFINITE)
                        ? Long.valueOf(Lifetimes.INFINITE)
                        : number(text, min, Lifetimes.INFINITE));
    }

    /** @param maxLength characters at most */
    static ValueReader<URI> uri(int maxLength) {
        return scalar(
                "a URI of ASCII with a scheme, up to " + maxLength + " characters", text -> Names.uri(text, maxLength));
    }

    /** A reader that says what its values look like. */
    static <T> ValueReader<T> form(String form, ValueReader<T> reader) {
        return new Described<>(form, reader.shape(), reader);
    }

    /** A reader of mappings of a shape. */
    static <T> ValueReader<T> mapping(Shape shape, ValueReader<T> reader) {
        return new Described<>("a mapping", shape, reader);
    }

    /** @param shape as {@link ValueReader#shape} */
    private record Described<T>(String form, @Nullable Shape shape, ValueReader<T> reader) implements ValueReader<T> {
        @Override
        public @Nullable T read(Field field) {
            return reader.read(field);
        }

        @Override
        public boolean readsNull() {
            return reader.readsNull();
        }
    }

    /** One of some words, in upper or lower case. */
    static <T> ValueReader<T> oneOf(Map<String, T> words) {
        String what =
                "one of " + String.join(", ", words.keySet().stream().sorted().toList());
        return scalar(what, text -> words.get(text.toLowerCase(Locale.ROOT)));
    }

    static <T> ValueReader<List<T>> list(ValueReader<T> elements) {
        return new Described<>(LIST + elements.form(), elements.shape(), field -> {
            if (!(field.node() instanceof Sequence sequence)) {
                return field.isNot("a list");
            }
            List<T> read = new ArrayList<>();
            int index = 0;
            for (Node node : sequence.elements()) {
                T element = elements.read(field.element(index++, node));
                if (element != null) {
                    read.add(element);
                }
            }
            return read.size() == sequence.elements().size() ? List.copyOf(read) : null;
        });
    }

    /** A list, or a value that stands for the list of itself. */
    static <T> ValueReader<List<T>> oneOrMore(ValueReader<T> elements) {
        ValueReader<List<T>> list = list(elements);
        return form(elements.form() + ", or a list of them", field -> {
            if (field.node() instanceof Sequence) {
                return list.read(field);
            }
            T only = elements.read(field);
            return only == null ? null : List.of(only);
        });
    }

    /** A value, or null to say that there is none. */
    static <T> ValueReader<OrNone<T>> orNone(ValueReader<T> reader) {
        return new ValueReader<>() {
            @Override
            public String form() {
                return reader.form() + " or null";
            }

            @Override
            public @Nullable OrNone<T> read(Field field) {
                if (field.node().isNull()) {
                    return new OrNone<>(null);
                }
                T value = reader.read(field);
                return value == null ? null : new OrNone<>(value);
            }

            @Override
            public boolean readsNull() {
                return true;
            }
        };
    }

    /** What is stated, which may be that there is none. */
    record OrNone<T>(@Nullable T value) {}

    private static <T> ValueReader<T> scalar(String what, Function<String, @Nullable T> parse) {
        return form(what, field -> {
            T value = field.node() instanceof Scalar scalar ? parse.apply(scalar.text()) : null;
            return value == null ? field.isNot(what) : value;
        });
    }

    private static @Nullable Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> null;
        };
    }

    private static @Nullable MacAddress mac(String text) {
        try {
            return MacAddress.of(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <T> ValueReader<T> route(BiFunction<Place, Route, T> making) {
        RouteShape shape = new RouteShape();
        ValueReader<Values> values = shape.reader();
        return mapping(shape, field -> {
            String path = field.path() + "." + shape.nexthop.name();
            Route known = RecentRoutes.of(field.node());
            if (known != null && field.node() instanceof Mapping mapping) {
                return making.apply(new Place(mapping.entries().get(1).line(), path), known);
            }
            Values stated = values.read(field);
            if (stated == null) {
                return null;
            }
            Route route = new Route(stated.get(shape.destination), stated.get(shape.nexthop));
            if (route.destination().isIpv6() != Addresses.isIpv6(route.nexthop())) {
                return field.complain("destination " + route.destination() + " and nexthop " + route.nexthop()
                        + " are of different families");
            }
            RecentRoutes.keep(field.node(), route);
            return making.apply(new Place(stated.line(shape.nexthop), path), route);
        });
    }

    private static final class RouteShape extends Shape {
        final Attribute<IpPrefix> destination = required("destination", "Where to.", CIDR);
        final Attribute<IPAddress<?>> nexthop =
                required("nexthop", "The router to send it to, of the same family.", HOST_ADDRESS);

        RouteShape() {
            super("a route");
        }
    }
}
