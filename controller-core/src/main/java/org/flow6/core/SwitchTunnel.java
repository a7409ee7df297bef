package org.flow6.core;

import java.util.List;
import java.util.Optional;
import org.flow6.core.openflow.SwitchSession;
import org.flow6.core.openflow.TunnelOption;
import org.flow6.core.ovsdb.TunnelPort;
import org.flow6.network.Tunnel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnel of one switch: which one is wanted, whether the switch is ready for it, and which port it is. */
final class SwitchTunnel {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchTunnel.class);

    /**
     * The key of the port that a packet comes from. Of the classes for experiments, 0xff00 to 0xffff (RFC 8926 §7); not
     * critical, for a receiver can do without it.
     */
    static final TunnelOption SOURCE_PORT =
            new TunnelOption(/* optionClass= */ 0xfff6, /* optionType= */ 1, /* length= */ 4, /* index= */ 0);

    private final ErrorLog errors;
    private volatile Optional<Tunnel.Type> wanted = Optional.empty();
    private volatile int mtu;

    // Of the switch's thread alone.
    private @Nullable SwitchSession prepared;
    private boolean impossible;

    SwitchTunnel(ErrorLog errors) {
        this.errors = errors;
    }

    /** @param room octets of the largest IP packet of a network that gets through */
    void want(Optional<Tunnel.Type> type, int room) {
        mtu = room;
        wanted = type;
    }

    /**
     * Makes the switch ready, once a session, and waits for it: flows can name the option of Geneve only after that.
     *
     * @throws java.util.concurrent.CompletionException if the switch does not answer, or refuses
     */
    void prepare(SwitchSession session) {
        if (!wanted.equals(Optional.of(Tunnel.Type.GENEVE)) || isPreparedBy(session)) {
            return;
        }
        List<TunnelOption> present = session.tunnelOptions().join();
        Optional<TunnelOption> clash =
                present.stream().filter(SOURCE_PORT::clashesWith).findFirst();
        impossible = clash.isPresent();
        if (clash.isPresent()) {
            String problem = session + " maps the Geneve option " + clash.get() + ", and Flow6 needs " + SOURCE_PORT
                    + ": no tunnels until it is removed and Flow6 connects again";
            LOG.error("{}", problem);
            errors.add(problem);
        } else if (!present.contains(SOURCE_PORT)) {
            session.addTunnelOption(SOURCE_PORT).join();
        }
        prepared = session;
    }

    @SuppressWarnings("ReferenceEquality") // One session is one connection.
    private boolean isPreparedBy(SwitchSession session) {
        return prepared == session;
    }

    /** The tunnel, if its port is among those of the switch, and the switch is ready for it. */
    Optional<Tunnel> among(List<Bindings.Interface> interfaces) {
        return wanted.filter(type -> type != Tunnel.Type.GENEVE || !impossible).flatMap(type -> interfaces.stream()
                .filter(one -> one.name().equals(TunnelPort.name(type)))
                .findFirst()
                .map(one -> new Tunnel(one.ofPort(), type, mtu)));
    }
}
