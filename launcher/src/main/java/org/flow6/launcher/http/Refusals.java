package org.flow6.launcher.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import org.flow6.northbound.api.NeutronApi;

/** What is refused before it comes to those who would answer it, in the form in which they would. */
final class Refusals {
    private Refusals() {}

    /** @param type the name of Neutron's exception, for clients of its API */
    static void send(RoutingContext context, int status, String type, String message) {
        Audit.tell(context, status);
        Buffer body = context.request().path().startsWith(NeutronRoutes.VERSION)
                ? Buffer.buffer(NeutronApi.error(status, type, message)
                        .body()
                        .map(Object::toString)
                        .orElse("")
                        .getBytes(StandardCharsets.UTF_8))
                : Buffer.buffer(Json.error(message));
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }
}
