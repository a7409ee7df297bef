package org.flow6.launcher;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.flow6.network.NetworkModel;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.Violation;

/**
 * {@code flow6 check}: everything that is wrong with a network file.
 *
 * @param file as the user wrote it
 */
record Check(String file, PrintWriter out) {

    int call() {
        NetworkFile.Reading reading;
        try {
            reading = new NetworkFile(Main.resolve(file)).read();
        } catch (InvalidPathException e) {
            out.println("'" + file + "' is not a file");
            return Main.FAILED;
        }
        if (reading instanceof NetworkFile.Valid valid) {
            out.println(file + ": no violations; " + summary(valid.model()));
            return Main.OK;
        }
        if (reading instanceof NetworkFile.Invalid invalid) {
            invalid.violations().forEach(violation -> out.println(named(violation)));
        }
        return Main.FAILED;
    }

    private Violation named(Violation found) {
        return named(file, found);
    }

    /** A violation that calls the file as the user did. */
    static Violation named(String file, Violation found) {
        return new Violation(file, found.line(), found.type(), found.id(), found.field(), found.message());
    }

    private static String summary(NetworkModel model) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("networks", model.networks().size());
        counts.put("subnets", model.subnets().size());
        counts.put("ports", model.ports().size());
        counts.put("routers", model.routers().size());
        counts.put("security groups", model.securityGroups().size());
        counts.put("security group rules", model.securityGroupRules().size());
        counts.put("address groups", model.addressGroups().size());
        counts.put("floating IPs", model.floatingIps().size());
        if (!model.hosts().isEmpty()) {
            counts.put("hosts", model.hosts().size());
        }
        return counts.entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
