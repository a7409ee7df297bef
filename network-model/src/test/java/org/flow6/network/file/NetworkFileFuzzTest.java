package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;

/** Whatever a file holds, it is read or refused with at least one violation; neither cutting it into
 * pieces nor what was read before changes what comes of it. */
class NetworkFileFuzzTest {

    private static final byte[] BEFORE = """
            networks:
            - id: blue
            - {id: red}
            subnets:
            - id: s
              network_id: blue
              ip_version: 6
              cidr: 2001:db8::/64
            ports:
            - {id: a, network_id: blue, mac_address: "02:00:00:00:00:01"}
            - {id: b, network_id: red, mac_address: "02:00:00:00:00:02"}
            """.getBytes(StandardCharsets.UTF_8);

    @FuzzTest(maxDuration = "60s")
    void readsOrRefusesAnything(byte[] text) {
        for (String name : new String[] {"n.yaml", "n.json"}) {
            Reading reading = new NetworkText(name).read(text);
            if (reading instanceof Valid valid) {
                NetworkSnapshot.EMPTY.edit().model(valid.model()).update();
            } else if (reading instanceof Invalid invalid) {
                assertThat(invalid.violations()).isNotEmpty();
                invalid.violations()
                        .forEach(violation -> assertThat(violation.line()).isPositive());
            }
            assertThat(reading).isEqualTo(new NetworkText(name, false).read(text));
            NetworkText changed = new NetworkText(name);
            for (byte[] before : List.of(BEFORE, Arrays.copyOf(text, text.length / 2))) {
                changed.read(before);
                assertThat(changed.read(text)).isEqualTo(reading);
            }
        }
    }
}
