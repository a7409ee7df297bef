package org.flow6.flow;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U128;

/** Flows as ovs-ofctl(8) reads them. */
public final class FlowSyntax {
    private FlowSyntax() {}

    /** One flow a line, from the first table to the last, the highest priority first, the rest in alphabetical order. */
    public static List<String> lines(Stream<Flow> flows) {
        return flows.sorted(Comparator.<Flow>comparingInt(flow -> flow.table().number())
                        .thenComparing(Flow::priority, Comparator.reverseOrder())
                        .thenComparing(FlowSyntax::line))
                .map(FlowSyntax::line)
                .toList();
    }

    /** Without cookie and flags. */
    public static String line(Flow flow) {
        String match = match(flow.match().terms());
        return "table=%d,priority=%d%s actions=%s"
                .formatted(
                        flow.table().number(),
                        flow.priority().value(),
                        match.isEmpty() ? "" : "," + match,
                        flow.actions().isEmpty()
                                ? "drop"
                                : flow.actions().stream()
                                        .map(FlowSyntax::action)
                                        .collect(Collectors.joining(",")));
    }

    /** A register is named once, whatever slices of it are matched: of a second time, ovs-ofctl forgets the first. */
    private static String match(List<Match.Term> terms) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Match.Term term : terms) {
            RegisterSlice slice = term.field().slice();
            if (slice == null) {
                words.put(name(term.field()), term(term));
            } else {
                String register = "reg" + slice.register();
                words.computeIfAbsent(register, name -> register(name, terms));
            }
        }
        return String.join(",", words.values());
    }

    private static String register(String name, List<Match.Term> terms) {
        long value = 0;
        long mask = 0;
        for (Match.Term term : terms) {
            RegisterSlice slice = term.field().slice();
            if (slice != null && name.equals("reg" + slice.register())) {
                value |= term.value().getLsb() << slice.offset();
                mask |= term.mask().getLsb() << slice.offset();
            }
        }
        return "%s=0x%x%s".formatted(name, value, mask == 0xffffffffL ? "" : "/0x%x".formatted(mask));
    }

    private static String term(Match.Term term) {
        if (term.field().equals(Field.IP_FRAG) && !term.isExact()) {
            // The one mask that it has words for.
            return "ip_frag=yes";
        }
        return name(term.field()) + "=" + value(term.field(), term.value())
                + (term.isExact() ? "" : "/" + value(term.field(), term.mask()));
    }

    /** As ovs-fields(7) has it: four registers have one name. */
    private static String name(Field<?> field) {
        RegisterSlice registers = field.registers();
        return registers == null ? field.name() : "xxreg" + registers.register() / 4;
    }

    private static String value(Field<?> field, U128 value) {
        return switch (field.name()) {
            case "eth_src", "eth_dst", "nd_sll", "nd_tll", "arp_sha", "arp_tha" ->
                MacAddress.of(value.getLsb()).toString();
            case "ipv6_src", "ipv6_dst", "nd_target", "ct_ipv6_src", "ct_ipv6_dst", "tun_ipv6_src", "tun_ipv6_dst" ->
                IPv6Address.of(value.getMsb(), value.getLsb()).toString();
            case "ip_src", "ip_dst", "arp_spa", "arp_tpa", "ct_nw_src", "ct_nw_dst", "tun_src", "tun_dst" ->
                IPv4Address.of((int) value.getLsb()).toString();
            case "next_hop_ipv6" -> "0x%x%016x".formatted(value.getMsb(), value.getLsb());
            case "in_port" -> port(OFPort.ofInt((int) value.getLsb()));
            case "ip_frag" -> List.of("no", "first", "", "later").get((int) value.getLsb());
            case "eth_type" -> "0x%04x".formatted(value.getLsb());
            default -> Long.toString(value.getLsb());
        };
    }

    private static String port(OFPort port) {
        return port.equals(OFPort.LOCAL) ? "LOCAL" : Integer.toUnsignedString(port.getPortNumber());
    }

    private static String action(Action action) {
        if (action instanceof Action.Set set) {
            return set.field().slice() == null
                    ? "set_field:%s->%s".formatted(value(set.field(), set.value()), name(set.field()))
                    : load(set.field(), set.value().getLsb());
        } else if (action instanceof Action.Move move) {
            return "move:%s->%s"
                    .formatted(place(move.from()), place(move.to(), move.from().bits()));
        } else if (action instanceof Action.Output output) {
            return "output:" + port(output.port());
        } else if (action instanceof Action.ForgetInPort) {
            return "load:0->NXM_OF_IN_PORT[]";
        } else if (action instanceof Action.OutputInPort) {
            return "IN_PORT";
        } else if (action instanceof Action.CheckLarger check) {
            return "check_pkt_larger(%d)->%s".formatted(check.length(), place(check.result()));
        } else if (action instanceof Action.DecrementHopLimit) {
            return "dec_ttl";
        } else if (action instanceof Action.ChoosePath choose) {
            return "multipath(symmetric_l3l4+udp,0,modulo_n,%d,0,%s)".formatted(choose.paths(), place(choose.result()));
        } else if (action instanceof Action.Resubmit resubmit) {
            return "resubmit(,%d)".formatted(resubmit.table().number());
        } else if (action instanceof Action.RouteAgain) {
            return "resubmit(,%d)".formatted(Table.ROUTER.number());
        } else if (action instanceof Action.Goto goTo) {
            return goTo(goTo.table());
        } else if (action instanceof Action.Track track) {
            return "ct(table=%d,zone=%s)".formatted(track.table().number(), place(track.zone()));
        } else if (action instanceof Action.Commit commit) {
            return "ct(commit,zone=%s)".formatted(place(commit.zone()));
        } else if (action instanceof Action.Conjunction clause) {
            return "conjunction(%s,%d/%d)"
                    .formatted(Integer.toUnsignedString(clause.key().value()), clause.clause(), clause.of());
        } else if (action instanceof Action.PuntCopy copy) {
            return "clone(%s,resubmit(,%d))"
                    .formatted(load(Field.REASON, copy.reason().code()), Table.PUNT.number());
        } else if (action instanceof Action.Punt punt) {
            return load(Field.REASON, punt.reason().code()) + "," + goTo(Table.PUNT);
        } else if (action instanceof Action.Drop drop) {
            return load(Field.REASON, drop.reason().code()) + "," + goTo(Table.DROP);
        }
        throw new IllegalArgumentException("nothing in ovs-ofctl's words for " + action);
    }

    private static String goTo(Table table) {
        return "goto_table:" + table.number();
    }

    private static String load(Field<?> field, long value) {
        return "load:0x%x->%s".formatted(value, place(field));
    }

    /** The lowest bits of a field. */
    private static String place(Field<?> field, int bits) {
        return field.bits() == bits ? place(field) : "%s[0..%d]".formatted(name(field), bits - 1);
    }

    private static String place(Field<?> field) {
        RegisterSlice slice = field.slice();
        if (slice == null) {
            // How much of it there is, a switch is told, and ovs-ofctl does not know.
            return name(field) + (field.equals(Field.TUN_METADATA0) ? "[0..%d]".formatted(field.bits() - 1) : "[]");
        }
        String register = "reg" + slice.register();
        if (slice.bits() == 32) {
            return register + "[]";
        }
        int last = slice.offset() + slice.bits() - 1;
        return slice.bits() == 1
                ? "%s[%d]".formatted(register, last)
                : "%s[%d..%d]".formatted(register, slice.offset(), last);
    }
}
