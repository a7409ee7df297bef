package org.flow6.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flow6.launcher.configuration.Configuration.Northbound;
import org.flow6.launcher.configuration.RefusedConfiguration;
import org.flow6.network.file.NetworkFile;
import org.flow6.network.file.Violation;
import org.flow6.northbound.ObjectKey;
import org.flow6.northbound.Store;
import org.flow6.northbound.StoreException;
import org.flow6.northbound.api.FileNetwork;
import org.flow6.northbound.api.NetworkWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@code flow6 export}: the network of a store, as a network file.
 *
 * @param config the configuration file, as the user wrote it
 * @param output where to, as the user wrote it; null: to stdout
 */
record Export(String config, @Nullable String output, PrintWriter out, PrintWriter err) {

    int call() {
        try {
            String text = NetworkWriter.yaml(objects(Stores.named(config)));
            if (output == null) {
                out.print(text);
            } else {
                Files.writeString(Main.resolve(output), text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            return Main.OK;
        } catch (RefusedConfiguration e) {
            return failed(e.problems());
        } catch (StartFailure e) {
            return failed(e.messages());
        } catch (StoreException e) {
            return failed(List.of(String.valueOf(e.getMessage())));
        } catch (FileAlreadyExistsException e) {
            return failed(List.of(output + " is there already: it is not overwritten"));
        } catch (InvalidPathException | IOException e) {
            return failed(List.of(output + " cannot be written: " + e));
        }
    }

    /** Of objects that state none: the same network is to be the same text. */
    private static String time(Path file) {
        try {
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            return modified.truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read: " + e, e);
        }
    }

    private int failed(List<String> messages) {
        messages.forEach(err::println);
        return Main.FAILED;
    }

    private static Map<ObjectKey, String> objects(Northbound northbound) throws StartFailure {
        if (!(northbound instanceof Northbound.File kept)) {
            try (Store store = Stores.existing(northbound)) {
                Map<ObjectKey, String> objects = new LinkedHashMap<>();
                store.state().objects().forEach((key, document) -> objects.put(key, document.json()));
                return objects;
            }
        }
        NetworkFile file = new NetworkFile(kept.path());
        NetworkFile.Reading reading = file.read();
        if (reading instanceof NetworkFile.Valid valid) {
            return FileNetwork.objects(file.path().toString(), file.text(), valid.model(), time(file.path()));
        }
        List<Violation> violations = ((NetworkFile.Invalid) reading).violations();
        throw new StartFailure(violations.stream().map(Violation::toString).toList());
    }
}
