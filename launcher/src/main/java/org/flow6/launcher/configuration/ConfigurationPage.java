package org.flow6.launcher.configuration;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of the configuration file, in Markdown. */
public final class ConfigurationPage {
    /** A whole file, as an example. */
    static final String EXAMPLE = """
            host: hostA
            openflow:
              listen: 127.0.0.1:6653
              connect: []
            ovsdb: unix:/run/openvswitch/db.sock
            bridge: br-int
            northbound: {file: network.yaml}
            tunnel: {type: vxlan, local_ip: "fd00::1"}
            bridge_mappings: {physnet1: br-ex}
            api: {listen: 127.0.0.1:9696}
            apps:
              nd-responder: {enabled: true}
              l2: {enabled: true}
            punts:
              nd-solicitation: {rate: 50, burst: 100}
            """;

    private static final String BEFORE = """
            # The configuration file

            This page is made by `bin/flow6 configuration`.

            `flow6 run --config FILE` reads YAML. Every key is optional. Relative paths begin at the folder of the file.

            ```yaml
            %s```

            """;

    private static final String AFTER = """

            What is wrong is told all at once, and Flow6 ends with exit code 1:

            ```
            flow6.yaml:3: openflow.listen: 'foo' is not ADDRESS:PORT
            flow6.yaml:11: apps.nd-respnder: unknown app; known are l2, nd-responder
            ```

            ## Changes while Flow6 runs

            The file is watched. A change of `apps`, `tunnel` or `bridge_mappings` takes effect at once; one of any other key at the next
            start, which the log says with the names of the keys. A file with anything wrong in it is refused as a whole: the log says why,
            and what was in force stays in force.

            `PUT /apps/NAME` enables or disables an app as well. It is not written to the file, and lasts until the next start
            or until the file's `apps` change in any way: then they hold as a whole.

            ## Environment

            | variable | meaning |
            |---|---|
            | `FLOW6_LOG` | how much is logged: `error`, `warn`, `info` (the default), `debug` or `trace` |
            | `FLOW6_HEAP` | the most memory for Java objects, such as `512m` (the default) |
            | `FLOW6_CLASSPATH` | further jars with apps: absolute paths, joined by colons |
            | `JAVA_OPTS` | more options for Java |
            | `JAVA_HOME` | the Java to use, 17 or newer; else the one on the `PATH` |

            Starts are quick by an archive of classes that holds for one build of Java. With another one Flow6 starts all the
            same, in about twice the time, until `bin/flow6 train` has made the archive anew.
            """;

    private ConfigurationPage() {}

    /** The page. */
    public static String render() {
        return Stream.of(Setting.values())
                .map(ConfigurationPage::row)
                .collect(Collectors.joining(
                        "",
                        BEFORE.formatted(EXAMPLE) + "| key | value | default | meaning |\n|---|---|---|---|\n",
                        AFTER));
    }

    private static String row(Setting setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(setting.path(), setting.form(), setting.fallback(), setting.meaning());
    }
}
