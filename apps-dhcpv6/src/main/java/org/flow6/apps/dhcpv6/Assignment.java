package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flow6.network.Fact;
import org.flow6.network.Facts;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaTa;
import org.flow6.packets.dhcpv6.IdentityAssociation;
import org.flow6.packets.dhcpv6.Status;

/** What the identity associations of a message get, and what of it is to be remembered. Filled once, then read. */
final class Assignment {
    /** What a client wants of its identity associations. */
    enum Purpose {
        /** Solicit: to know what it would get (RFC 8415 §18.3.1). */
        OFFER,
        /** Request, or a Solicit that commits: to get it (§18.3.2). */
        REQUEST,
        /** Renew, Rebind: to keep it (§18.3.4, §18.3.5). */
        EXTEND
    }

    private final List<IaAnswer> answers = new ArrayList<>();
    private final List<Fact> remembered = new ArrayList<>();
    private final List<Fact.Key> forgotten = new ArrayList<>();

    private Assignment() {}

    static Assignment of(Client client, Duid duid, ClientServerMessage message, Purpose purpose) {
        Assignment assignment = new Assignment();
        new AddressAssignment(client, duid, purpose, assignment).answer(each(message, IaNa.class));
        new PrefixAssignment(client, duid, purpose, assignment).answer(each(message, IaPd.class));
        for (IaTa temporary : each(message, IaTa.class)) {
            assignment.add(
                    purpose == Purpose.EXTEND
                            ? IaAnswer.of(temporary, Status.NO_BINDING, "there are no temporary addresses")
                            : IaAnswer.of(temporary, Status.NO_ADDRS_AVAIL, "there are no temporary addresses"));
        }
        return assignment;
    }

    /** The identity associations of a kind by IAID, each once, whatever their order in the message. */
    static <T extends IdentityAssociation & Dhcpv6Option> List<T> each(ClientServerMessage message, Class<T> kind) {
        List<T> all = message.options(kind);
        if (all.size() < 2) {
            return all;
        }
        Map<Long, T> byId = new LinkedHashMap<>();
        all.forEach(ia -> byId.putIfAbsent(ia.iaid(), ia));
        return byId.values().stream()
                .sorted(Comparator.comparing(IdentityAssociation::iaid))
                .toList();
    }

    void add(IaAnswer answer) {
        answers.add(answer);
    }

    void remember(Fact fact) {
        remembered.add(fact);
    }

    void forget(Fact.Key key) {
        forgotten.add(key);
    }

    boolean assigns() {
        for (IaAnswer answer : answers) {
            if (answer.assigns()) {
                return true;
            }
        }
        return false;
    }

    List<Dhcpv6Option> options(Client client) {
        Times times = Times.of(client, answers);
        List<Dhcpv6Option> options = new ArrayList<>(answers.size());
        for (IaAnswer answer : answers) {
            options.add(answer.option(times));
        }
        return options;
    }

    Facts.Change facts() {
        return new Facts.Change(remembered, forgotten);
    }
}
