package org.flow6.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import org.flow6.launcher.access.TokenEntry;
import org.flow6.launcher.access.TokenFile;

/**
 * {@code flow6 token}: one more token in a file, which is told this once.
 *
 * @param file as the user wrote it
 */
record Token(String file, String name, String project, String role, PrintWriter out, PrintWriter err) {

    int call() {
        try {
            TokenEntry.New made = TokenEntry.make(name, project, role);
            TokenFile.add(Main.resolve(file), made.entry());
            out.println(made.token());
            return Main.OK;
        } catch (InvalidPathException e) {
            err.println("'" + file + "' is not a file");
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
        }
        return Main.FAILED;
    }
}
