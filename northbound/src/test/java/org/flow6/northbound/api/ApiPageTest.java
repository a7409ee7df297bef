package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiPageTest {
    private final String page = ApiPage.render();

    @Test
    void isThePageInTheDocumentation() throws IOException {
        assertThat(page)
                .as("docs/api.md is what bin/flow6 api-page prints")
                .isEqualTo(Files.readString(Path.of("../docs/api.md")));
    }

    @Test
    void saysOfEachAttributeHowItIsWrittenAndWhen() {
        assertThat(page)
                .contains("| `mac_address` | a MAC address | POST, PUT | a free one, of fa:16:3e | filter, sort |")
                .contains("| `direction` | one of ingress, egress | POST | required | filter, sort |")
                .contains("| `shared` | true or false | POST, PUT, admin | `false` | filter, sort |")
                .contains("| `PUT /v2.0/routers/ID/add_router_interface` |")
                .doesNotContain("| anything |");
    }
}
