package org.flow6.launcher.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationPageTest {

    @Test
    void isThePageInTheDocumentation() throws IOException {
        assertThat(ConfigurationPage.render())
                .as("docs/configuration.md is what bin/flow6 configuration prints")
                .isEqualTo(Files.readString(Path.of("../docs/configuration.md")));
    }

    @Test
    void showsAnExampleThatCanBeRead(@TempDir Path folder) throws IOException, RefusedConfiguration {
        Files.writeString(folder.resolve("network.yaml"), "");
        ConfigurationFile file = new ConfigurationFile(
                folder.resolve("flow6.yaml"),
                "flow6.yaml",
                new Known(Set.of("l2", "nd-responder"), Set.of("nd-solicitation", "other")));
        assertThat(file.parse(ConfigurationPage.EXAMPLE.getBytes(StandardCharsets.UTF_8))
                        .host())
                .isEqualTo("hostA");
    }
}
