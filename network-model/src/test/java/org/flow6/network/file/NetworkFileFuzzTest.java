package org.flow6.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flow6.network.NetworkSnapshot;
import org.flow6.network.file.NetworkFile.Invalid;
import org.flow6.network.file.NetworkFile.Reading;
import org.flow6.network.file.NetworkFile.Valid;

/** Whatever a file holds, it is read or refused with at least one violation; cutting it into pieces changes nothing. */
class NetworkFileFuzzTest {

    @FuzzTest(maxDuration = "30s")
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
        }
    }
}
