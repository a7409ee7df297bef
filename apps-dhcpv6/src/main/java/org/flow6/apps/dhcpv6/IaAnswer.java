package org.flow6.apps.dhcpv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flow6.packets.dhcpv6.Dhcpv6Option;
import org.flow6.packets.dhcpv6.IaNa;
import org.flow6.packets.dhcpv6.IaPd;
import org.flow6.packets.dhcpv6.IaTa;
import org.flow6.packets.dhcpv6.IdentityAssociation;
import org.flow6.packets.dhcpv6.Lease;
import org.flow6.packets.dhcpv6.Status;
import org.flow6.packets.dhcpv6.StatusCode;

/**
 * What an identity association is answered with.
 *
 * @param asked the client's
 * @param leases those it has, and with lifetimes of 0 those it is to give up
 */
record IaAnswer(IdentityAssociation asked, List<Lease> leases, Optional<StatusCode> status) {
    IaAnswer {
        leases = List.copyOf(leases);
    }

    static IaAnswer of(IdentityAssociation asked, List<? extends Lease> leases) {
        return new IaAnswer(asked, List.copyOf(leases), Optional.empty());
    }

    static IaAnswer of(IdentityAssociation asked, Status status, String text) {
        return new IaAnswer(asked, List.of(), Optional.of(new StatusCode(status, text)));
    }

    /** Whether the client may use something of it. */
    boolean assigns() {
        for (Lease lease : leases) {
            if (lease.validLifetime() > 0) {
                return true;
            }
        }
        return false;
    }

    Dhcpv6Option option(Times times) {
        List<Dhcpv6Option> options = new ArrayList<>(leases);
        status.ifPresent(options::add);
        if (asked instanceof IaTa) {
            return new IaTa(asked.iaid(), options);
        }
        // Without anything to renew there is no time for it.
        Times own = assigns() ? times : Times.NONE;
        return asked instanceof IaNa
                ? new IaNa(asked.iaid(), own.t1(), own.t2(), options)
                : new IaPd(asked.iaid(), own.t1(), own.t2(), options);
    }
}
