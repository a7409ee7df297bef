package org.flow6.launcher.configuration;

import java.util.List;

/** A configuration file that Flow6 does not start with. */
public final class RefusedConfiguration extends Exception {
    private final List<String> problems;

    RefusedConfiguration(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, such as {@code flow6.yaml:7: openflow.listen: 'foo' is not ADDRESS:PORT}, in the file's order. */
    public List<String> problems() {
        return problems;
    }
}
