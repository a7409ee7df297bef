package org.flow6.launcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppSwitchTest {

    @Test
    void readsTheOneForm() {
        assertThat(parse("{\"enabled\": false}")).isEqualTo(new AppSwitch.Ok(false));
        assertThat(parse(" {\"enabled\":true}\n")).isEqualTo(new AppSwitch.Ok(true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                          | expected {"enabled": true} or {"enabled": false}
            true                        | expected {"enabled": true} or {"enabled": false}
            []                          | expected {"enabled": true} or {"enabled": false}
            {}                          | 'enabled' is missing
            {"enabled": "false"}        | 'enabled' is not true or false
            {"enabled": null}           | 'enabled' is not true or false
            {"enabled": {}}             | 'enabled' is not true or false
            {"on": true}                | unknown key 'on'; known is 'enabled'
            {"enabled": true, "x": 1}   | unknown key 'x'; known is 'enabled'
            {"enabled": true} true      | something follows the JSON object
            """)
    void saysWhatIsWrong(String body, String reason) {
        assertThat(parse(body)).isEqualTo(new AppSwitch.Malformed(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {
            {"enabled": tru
            {"enabled": true
            {"enabled": true, "enabled": false}
            enabled=false
            """)
    void saysThatItIsNotJson(String body) {
        assertThat(parse(body))
                .isInstanceOfSatisfying(AppSwitch.Malformed.class, malformed -> assertThat(malformed.reason())
                        .startsWith("not JSON: "));
    }

    private static AppSwitch parse(String body) {
        return AppSwitch.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
