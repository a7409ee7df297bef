package org.flow6.packets;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Random frames and their fields, written to a file for vectors.py --check to read with scapy and os-ken. */
final class WrittenVectors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 500;

    private WrittenVectors() {}

    static ArrayNode make() {
        RandomFrame frames = new RandomFrame(new SplittableRandom(6));
        ArrayNode vectors = JSON.createArrayNode();
        for (int i = 0; i < COUNT; i++) {
            Frame frame = frames.next();
            vectors.addObject()
                    .put("name", "random-" + i)
                    .put("by", "flow6")
                    .put("frame", frame.encode().toString())
                    .set("fields", FrameJson.write(frame));
        }
        return vectors;
    }

    /** Writes them to the file named. */
    public static void main(String[] arguments) throws IOException {
        JSON.writeValue(Path.of(arguments[0]).toFile(), make());
    }
}
