package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetworkFilePageTest {

    @Test
    void isThePageInTheDocumentation() throws IOException {
        assertThat(NetworkFilePage.render())
                .as("docs/network-file.md is what bin/flow6 network-file prints")
                .isEqualTo(Files.readString(Path.of("../docs/network-file.md")));
    }

    @Test
    void showsAnExampleThatIsValid() {
        assertThat(Reads.model(NetworkFilePage.EXAMPLE).ports()).hasSize(2);
    }

    @Test
    void explainsEachAttributeInASentence() {
        for (Kind kind : Kinds.ALL) {
            assertExplained(kind.list(), kind);
        }
    }

    private static void assertExplained(String path, Shape shape) {
        for (Attribute<?> attribute : shape.attributes()) {
            String name = path + "." + attribute.name();
            assertThat(attribute.meaning()).as(name).endsWith(".").doesNotContain("|");
            assertThat(attribute.reader().form()).as(name).doesNotContain("|");
            Shape within = attribute.reader().shape();
            if (within != null) {
                assertExplained(name, within);
            }
        }
    }
}
