package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelinePageTest {

    @Test
    void isThePageInTheDocumentation() throws IOException {
        StringWriter page = new StringWriter();
        PrintWriter out = new PrintWriter(page);
        assertThat(Main.execute(new String[] {"pipeline"}, out, out)).isZero();
        assertThat(page)
                .as("docs/pipeline.md is what bin/flow6 pipeline prints")
                .hasToString(Files.readString(Path.of("../docs/pipeline.md")));
    }

    @Test
    void tellsStagesMissesRegistersAndReasons() {
        assertThat(PipelinePage.render(List.of()))
                .contains(
                        "| 0 | classify | in_port gives network and source port; of a tunnel, the address at its other end gives the host | dropped: unknown-port |")
                .contains("| goes on to bridge |")
                .contains("| reg3[16..31] | reason | classify | drop |")
                .contains("| 1 | unknown-port | came in by a port");
    }
}
