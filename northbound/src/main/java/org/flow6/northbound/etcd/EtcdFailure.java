package org.flow6.northbound.etcd;

import io.grpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A call of etcd that was not answered, or was refused. */
final class EtcdFailure extends Exception {
    EtcdFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether etcd has said that it does not do it, so that it is certain. */
    boolean isRefusal() {
        return isRefusal(getCause());
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        if (failure == null || root(failure) instanceof TimeoutException) {
            return false;
        }
        String text = String.valueOf(failure.getMessage());
        return switch (Status.fromThrowable(failure).getCode()) {
            case PERMISSION_DENIED, INVALID_ARGUMENT, UNAUTHENTICATED, RESOURCE_EXHAUSTED -> true;
            default -> text.contains("database space exceeded") || isTooLarge(text);
        };
    }

    private static boolean isTooLarge(String text) {
        return text.contains("too large") || text.contains("larger than max");
    }

    /** For people. */
    static String reason(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof TimeoutException) {
            return "no answer in time";
        }
        Status status = Status.fromThrowable(failure);
        String text = status.getDescription() == null ? String.valueOf(root.getMessage()) : status.getDescription();
        if (text.contains("database space exceeded")) {
            return "etcd is full (mvcc: database space exceeded): make room, then disarm its alarm";
        }
        if (isTooLarge(text)) {
            return "it is too large for one transaction (" + text + "): see etcd's --max-request-bytes";
        }
        Throwable cause = status.getCause();
        return cause == null || cause.getMessage() == null || text.contains(cause.getMessage())
                ? text
                : text + ": " + cause.getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while ((root instanceof ExecutionException || root instanceof CompletionException) && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
