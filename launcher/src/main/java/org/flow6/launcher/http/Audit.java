package org.flow6.launcher.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.UUID;
import org.flow6.launcher.access.Who;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log for each request that would change something: who, of which project, what, and what came of it. */
final class Audit {
    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String WHO = "flow6.who";
    private static final String REQUEST = "flow6.request";
    private static final String TOLD = "flow6.told";
    /** Of a path: no sensible one is longer. */
    private static final int LONGEST = 512;

    private Audit() {}

    /** Gives a request its id, which its answer has too. */
    static void begin(RoutingContext context) {
        String id = "req-" + UUID.randomUUID();
        context.put(REQUEST, id);
        context.response().putHeader("X-Openstack-Request-Id", id);
        context.next();
    }

    static void who(RoutingContext context, Who who) {
        context.put(WHO, who);
    }

    static Who who(RoutingContext context) {
        Who who = context.get(WHO);
        return who == null ? Who.NOBODY : who;
    }

    /** Tells what came of a request, the first time. */
    static void tell(RoutingContext context, int status) {
        HttpServerRequest request = context.request();
        if (READS.contains(request.method().name()) || context.get(TOLD) != null) {
            return;
        }
        context.put(TOLD, true);
        Who who = who(context);
        String project = who.caller().project();
        String path = request.path();
        String id = context.get(REQUEST);
        log.info(
                "api: {} {} {} {} {} {}",
                who.name(),
                project.isEmpty() ? "-" : project,
                request.method().name(),
                path.length() > LONGEST ? path.substring(0, LONGEST) + "…" : path,
                status,
                id);
    }
}
