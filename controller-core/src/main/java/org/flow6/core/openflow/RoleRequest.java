package org.flow6.core.openflow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Takes a role (OpenFlow 1.3.5 §6.3.6). The generation id outlives connections and controllers, so it is asked for first and then
 * exceeded; whoever is overtaken by another controller in between is told STALE and starts again.
 */
final class RoleRequest {
    private static final int ATTEMPTS = 5;
    private static final int REPLY = 24;
    private static final int STALE = 0;

    private RoleRequest() {}

    static CompletableFuture<ControllerRole> send(Link link, ControllerRole role) {
        return attempt(link, role, ATTEMPTS);
    }

    private static CompletableFuture<ControllerRole> attempt(Link link, ControllerRole role, int attempts) {
        return ask(link, ControllerRole.NOCHANGE, 0)
                .thenCompose(now -> ask(link, role, now.bytes().getLong(16) + 1))
                .thenApply(RoleRequest::granted)
                .exceptionallyCompose(failure -> isStale(failure) && attempts > 1
                        ? attempt(link, role, attempts - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private static CompletableFuture<Frame> ask(Link link, ControllerRole role, long generation) {
        return link.request(Messages.roleRequest(link.nextXid(), role, generation), Wire.ROLE_REPLY, "role " + role)
                .thenApply(reply -> MalformedReplyException.require(
                        "role " + role,
                        reply.length() >= REPLY
                                ? Decoded.ok(reply)
                                : Decoded.malformed("reply of %d octets".formatted(reply.length()))));
    }

    private static ControllerRole granted(Frame reply) {
        return MalformedReplyException.require(
                "role", ControllerRole.decode(reply.bytes().getInt(8)));
    }

    private static boolean isStale(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SwitchErrorException refused
                && refused.error().type() == Wire.ROLE_REQUEST_FAILED
                && refused.error().code() == STALE;
    }
}
