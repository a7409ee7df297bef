package org.flow6.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes the classes of a jar plain, as {@link PlainClass} says; its other entries and their order stay. */
public final class PlainJar {
    private PlainJar() {}

    /** @param arguments the jar, which is replaced */
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path plain = jar.resolveSibling(jar.getFileName() + ".plain");
        int changed = rewrite(jar, plain);
        Files.move(plain, jar, StandardCopyOption.REPLACE_EXISTING);
        System.out.println("flow6: " + changed + " classes of " + jar.getFileName() + " made plain");
    }

    /** Returns how many classes are different now. */
    static int rewrite(Path from, Path to) throws IOException {
        int changed = 0;
        try (ZipFile jar = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                byte[] content;
                try (InputStream in = jar.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                if (entry.getName().endsWith(".class")) {
                    byte[] plain = PlainClass.of(content);
                    changed += plain.length == content.length ? 0 : 1;
                    content = plain;
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                out.write(content);
                out.closeEntry();
            }
        }
        return changed;
    }
}
