package org.flow6.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainJarTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @Test
    void changesClassesAndLeavesTheRestInItsOrder() throws IOException {
        Path jar = folder.resolve("some.jar");
        byte[] text = "Multi-Release: true\n".getBytes(StandardCharsets.UTF_8);
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file)) {
            put(out, "META-INF/MANIFEST.MF", text);
            put(out, "b/", new byte[0]);
            put(out, "b/Joining.class", ConcatClass.of());
            put(out, "a.txt", text);
        }
        PlainJar.main(new String[] {jar.toString()});
        try (ZipFile plain = new ZipFile(jar.toFile())) {
            assertThat(Collections.list(plain.entries()))
                    .extracting(ZipEntry::getName)
                    .containsExactly("META-INF/MANIFEST.MF", "b/", "b/Joining.class", "a.txt");
            assertThat(plain.getInputStream(plain.getEntry("b/Joining.class")).readAllBytes())
                    .isEqualTo(PlainClass.of(ConcatClass.of()));
            assertThat(plain.getInputStream(plain.getEntry("a.txt")).readAllBytes())
                    .isEqualTo(text);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.plain");
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
