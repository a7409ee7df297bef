package org.flow6.launcher;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.flow6.launcher.logging.LogProvider;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code flow6 run|check|token|pipeline|configuration|version}. */
public final class Main {
    /** All was well. */
    static final int OK = 0;
    /** What was asked for failed; a message says why. */
    static final int FAILED = 1;
    /** The arguments are not understood. */
    private static final int MISUNDERSTOOD = 2;

    /** The folder in which the user stands: bin/flow6 stands in another, so that the class path is the same wherever it lies. */
    private static final String FOLDER = "flow6.folder";

    private Main() {}

    /** Does what the arguments say, and ends the process. */
    public static void main(String[] args) {
        LogProvider.install();
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = execute(args, out, err);
        out.flush();
        System.exit(code);
    }

    /** Does what the arguments say; returns the exit code: 0, 1 if that failed, 2 if they are not understood. */
    static int execute(String[] args, PrintWriter out, PrintWriter err) {
        // Looking at annotations takes longer than starting may: the usual arguments are understood without.
        if (args.length == 3 && args[0].equals("run") && args[1].equals("--config") && !args[2].startsWith("-")) {
            return new Run(args[2], err).call();
        }
        return new CommandLine(new Commands(out, err))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, all) -> misunderstood(wrong, err))
                .execute(args);
    }

    /** Always tells the usage, beside what may be meant. */
    private static int misunderstood(ParameterException wrong, PrintWriter err) {
        err.println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        wrong.getCommandLine().usage(err);
        return MISUNDERSTOOD;
    }

    /** Where a path leads that the user wrote. */
    static Path resolve(String path) {
        return Path.of(System.getProperty(FOLDER, "")).resolve(path);
    }
}
