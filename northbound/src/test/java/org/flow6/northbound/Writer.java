package org.flow6.northbound;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.flow6.northbound.Transaction.Outcome;

/** A process that writes one object after the other, and says of each that it is kept, until somebody kills it. */
final class Writer {
    private Writer() {}

    static ObjectKey key(long number) {
        return new ObjectKey("networks", Long.toString(number));
    }

    static String json(long number) {
        return "{\"id\": \"" + number + "\", \"name\": \"" + "x".repeat((int) (number % 2000)) + "\"}";
    }

    /** @param arguments the folder, and the number to begin with */
    public static void main(String[] arguments) {
        try (EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]))) {
            for (long number = Long.parseLong(arguments[1]); ; number++) {
                Transaction write = new Transaction(Map.of(), Map.of(key(number), Optional.of(json(number))));
                if (!(store.commit(write).toCompletableFuture().join() instanceof Outcome.Committed)) {
                    throw new IllegalStateException("not committed");
                }
                System.out.println(number);
            }
        }
    }
}
