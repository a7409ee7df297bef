package org.flow6.apps.dhcpv6;

import java.util.Optional;
import org.flow6.flow.DropReason;
import org.flow6.packets.dhcpv6.ClientId;
import org.flow6.packets.dhcpv6.ClientServerMessage;
import org.flow6.packets.dhcpv6.Duid;
import org.flow6.packets.dhcpv6.IdentityAssociation;
import org.flow6.packets.dhcpv6.ServerId;

/** What a server discards (RFC 8415 §16). */
final class Validity {
    private Validity() {}

    /**
     * Why a message is to be discarded, if it is.
     *
     * @param unicast whether it was sent to an address of the server's
     */
    static Optional<DropReason> violation(ClientServerMessage message, Duid server, boolean unicast) {
        return switch (message.type()) {
            // §16.2, §16.5, §16.7
            case SOLICIT, CONFIRM, REBIND ->
                first(
                        noClientId(message),
                        when(message.has(ServerId.class), Dhcpv6Drop.SERVER_ID),
                        when(unicast, Dhcpv6Drop.UNICAST));
            // §16.4, §16.6, §16.8, §16.9; that they are unicast is answered (§18.3.2)
            case REQUEST, RENEW, DECLINE, RELEASE ->
                first(
                        when(!message.has(ServerId.class), Dhcpv6Drop.NO_SERVER_ID),
                        otherServer(message, server),
                        noClientId(message));
            // §16.12
            case INFORMATION_REQUEST ->
                first(
                        otherServer(message, server),
                        when(message.has(IdentityAssociation.class), Dhcpv6Drop.INFORMATION_IA),
                        when(unicast, Dhcpv6Drop.UNICAST));
            // §16.3, §16.10, §16.11
            default -> Optional.of(Dhcpv6Drop.MESSAGE_TYPE);
        };
    }

    private static Optional<DropReason> noClientId(ClientServerMessage message) {
        return when(!message.has(ClientId.class), Dhcpv6Drop.NO_CLIENT_ID);
    }

    private static Optional<DropReason> otherServer(ClientServerMessage message, Duid server) {
        return when(
                message.option(ServerId.class)
                        .filter(named -> !named.duid().equals(server))
                        .isPresent(),
                Dhcpv6Drop.OTHER_SERVER);
    }

    private static Optional<DropReason> when(boolean violated, DropReason reason) {
        return violated ? Optional.of(reason) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<DropReason> first(Optional<DropReason>... reasons) {
        for (Optional<DropReason> reason : reasons) {
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }
}
