package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.apps.dhcpv6.Assignment.Purpose;
import org.flow6.flow.DropReason;
import org.flow6.network.Facts;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IaAddress;
import org.flow6.packets.dhcpv6.IdentityAssociation;
import org.flow6.packets.dhcpv6.MessageType;
import org.flow6.packets.dhcpv6.RapidCommit;
import org.flow6.packets.dhcpv6.ServerId;
import org.flow6.packets.dhcpv6.Status;
import org.flow6.packets.dhcpv6.StatusCode;
import org.projectfloodlight.openflow.types.IPv6Address;

/** A message of a client's and what a server makes of it (RFC 8415 §18.3). */
record Exchange(Client client, ClientServerMessage message) {

    /** @param unicast whether it was sent to an address of the server's, by no relay agent */
    static Outcome of(Client client, ClientServerMessage message, boolean unicast) {
        Optional<DropReason> violation =
                Validity.violation(message, client.link().duid(), unicast);
        if (violation.isPresent()) {
            return new Outcome.Discarded(violation.get());
        }
        Exchange exchange = new Exchange(client, message);
        if (unicast) {
            return exchange.useMulticast();
        }
        return switch (message.type()) {
            case SOLICIT -> exchange.solicit();
            case REQUEST -> exchange.reply(exchange.assignment(Purpose.REQUEST));
            case RENEW, REBIND -> exchange.reply(exchange.assignment(Purpose.EXTEND));
            case CONFIRM -> exchange.confirm();
            case RELEASE -> exchange.finished(GivenBack.released(client, exchange.duid(), message));
            case DECLINE -> exchange.finished(GivenBack.declined(client, message));
            case INFORMATION_REQUEST -> exchange.information();
            default -> throw new IllegalArgumentException("not for servers: " + message.type());
        };
    }

    /** §18.3.1, §18.3.9. Nothing is committed where there is nothing: other servers may have something. */
    private Outcome solicit() {
        if (client.profile().rapidCommit() && message.has(RapidCommit.class)) {
            Assignment committed = assignment(Purpose.OFFER);
            if (committed.assigns()) {
                List<Dhcpv6Option> options = new ArrayList<>();
                options.add(new RapidCommit());
                options.addAll(committed.options(client));
                options.addAll(RequestedOptions.of(client, message));
                return reply(options, committed.facts());
            }
        }
        List<Dhcpv6Option> options = new ArrayList<>();
        client.profile().preference().ifPresent(options::add);
        options.addAll(assignment(Purpose.OFFER).options(client));
        options.addAll(RequestedOptions.of(client, message));
        return answer(MessageType.ADVERTISE, options, Facts.Change.NONE);
    }

    /** §18.3.2, §18.3.4, §18.3.5 */
    private Outcome reply(Assignment assignment) {
        List<Dhcpv6Option> options = new ArrayList<>(assignment.options(client));
        options.addAll(RequestedOptions.of(client, message));
        return reply(options, assignment.facts());
    }

    /** §18.3.3. An address that is another port's is as wrong here as one of another link. */
    private Outcome confirm() {
        List<IPv6Address> addresses = message.options().stream()
                .filter(IdentityAssociation.class::isInstance)
                .map(IdentityAssociation.class::cast)
                .flatMap(ia -> ia.options(IaAddress.class).stream())
                .map(IaAddress::address)
                .toList();
        if (addresses.isEmpty() || client.link().stateful().isEmpty()) {
            return new Outcome.Discarded(Dhcpv6Drop.UNDECIDED);
        }
        StatusCode status = addresses.stream().allMatch(client::owns)
                ? new StatusCode(Status.SUCCESS, "all addresses are of this port")
                : new StatusCode(Status.NOT_ON_LINK, "an address that is not of this port");
        return reply(List.of(status), Facts.Change.NONE);
    }

    /** §18.3.6 */
    private Outcome information() {
        return reply(RequestedOptions.of(client, message), Facts.Change.NONE);
    }

    /** §18.3.7, §18.3.8 */
    private Outcome finished(GivenBack given) {
        List<Dhcpv6Option> options = new ArrayList<>();
        options.add(new StatusCode(Status.SUCCESS, given.text()));
        given.unknown().forEach(answer -> options.add(answer.option(Times.NONE)));
        return reply(options, given.facts());
    }

    /** §18.3.2, §18.3.4, §18.3.7, §18.3.8: no Server Unicast option is ever sent. */
    private Outcome useMulticast() {
        return reply(List.of(new StatusCode(Status.USE_MULTICAST, "send to ff02::1:2")), Facts.Change.NONE);
    }

    private Assignment assignment(Purpose purpose) {
        return Assignment.of(client, duid(), message, purpose);
    }

    private Duid duid() {
        return message.option(ClientId.class).orElseThrow().duid();
    }

    private Outcome reply(List<Dhcpv6Option> options, Facts.Change facts) {
        return answer(MessageType.REPLY, options, facts);
    }

    private Outcome answer(MessageType type, List<Dhcpv6Option> rest, Facts.Change facts) {
        List<Dhcpv6Option> options = new ArrayList<>();
        options.add(new ServerId(client.link().duid()));
        message.option(ClientId.class).ifPresent(options::add);
        options.addAll(rest);
        return Outcome.answered(type, message.transactionId(), options, facts);
    }
}
