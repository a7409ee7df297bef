package org.flow6.core.openflow.ryu;

import com.google.common.base.Splitter;
import io.netty.buffer.ByteBuf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flow6.core.openflow.OxmCursor;

/**
 * A match field: one line of the resource {@code oxm-fields}.
 *
 * @param key what tells it apart on the wire, {@link OxmCursor#key()}
 * @param width octets of its value; 0 for any number
 * @param format how its value is written
 * @param ovsName its name in Open vSwitch
 * @param ryuName its name in Ryu, or that of OVS if Ryu has none
 */
record OxmField(long key, int width, OxmFormat format, String ovsName, String ryuName) {
    private static final int EXPERIMENTER_CLASS = 0xffff;
    private static final Map<Long, OxmField> FIELDS = read();

    /** The field of this key; one that nobody knows is named by its number, as Ryu does. */
    static OxmField of(long key) {
        OxmField field = FIELDS.get(key);
        if (field != null) {
            return field;
        }
        int number = ((int) key) >>> 9;
        int experimenter = (int) (key >>> 32);
        String name = experimenter == 0 ? "field_" + number : "field_0x%08x_%d".formatted(experimenter, number & 0x7f);
        return new OxmField(key, 0, OxmFormat.UNKNOWN, name, name);
    }

    /** The field that a header in an action names, whatever length and mask bit stand in it. */
    static OxmField ofHeader(ByteBuf action, int at) {
        int header = action.getInt(at);
        int experimenter = header >>> 16 == EXPERIMENTER_CLASS ? action.getInt(at + 4) : 0;
        return of(OxmCursor.key(experimenter, header >>> 16, header >>> 9));
    }

    /** The format that fits a value of this length. */
    OxmFormat formatFor(int length) {
        return width == 0 || width == length ? format : OxmFormat.OCTETS;
    }

    /** The value at the given place, as text in the style of ovs-ofctl. */
    String ovsText(ByteBuf bytes, int at, int length) {
        return formatFor(length).ovsText(bytes, at, length);
    }

    private static Map<Long, OxmField> read() {
        InputStream resource = Objects.requireNonNull(OxmField.class.getResourceAsStream("oxm-fields"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(OxmField::parse)
                    .collect(Collectors.toUnmodifiableMap(OxmField::key, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OxmField parse(String line) {
        List<String> words = Splitter.on(' ').splitToList(line);
        String ryuName =
                Optional.of(words.get(6)).filter(name -> !name.equals("-")).orElse(words.get(5));
        return new OxmField(
                OxmCursor.key(
                        Integer.decode(words.get(0)), Integer.decode(words.get(1)), Integer.parseInt(words.get(2))),
                Integer.parseInt(words.get(3)),
                OxmFormat.valueOf(words.get(4).toUpperCase(Locale.ROOT)),
                words.get(5),
                ryuName);
    }
}
