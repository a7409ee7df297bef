package org.flow6.core.openflow;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The names that Open vSwitch prints for the errors of OpenFlow 1.3, from the resource {@code error-names}. */
final class ErrorNames {
    private record Key(int experimenter, int type, int code) {}

    private static final Map<Key, String> NAMES = read();

    private ErrorNames() {}

    static Optional<String> of(int experimenter, int type, int code) {
        return Optional.ofNullable(NAMES.get(new Key(experimenter, type, code)));
    }

    private static Map<Key, String> read() {
        InputStream resource = Objects.requireNonNull(ErrorNames.class.getResourceAsStream("error-names"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            Map<Key, String> names = new HashMap<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = Splitter.on(' ').splitToList(line);
                int second = Integer.parseInt(words.get(1));
                Key key = words.get(0).startsWith("0x")
                        ? new Key(Integer.decode(words.get(0)), Wire.EXPERIMENTER_ERROR, second)
                        : new Key(0, Integer.parseInt(words.get(0)), second);
                names.put(key, words.get(2));
            });
            return Map.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
