package org.flow6.northbound.api;

/** A request that is refused, as Neutron words it: its clients look at the status, and some at the type. */
public final class NeutronError extends Exception {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final int status;
    private final String type;

    private NeutronError(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    /** What is wrong with the request's form. */
    static NeutronError badRequest(String message) {
        return new NeutronError(BAD_REQUEST, "HTTPBadRequest", message);
    }

    /** What is wrong with what it asks for. */
    static NeutronError badRequest(String type, String message) {
        return new NeutronError(BAD_REQUEST, type, message);
    }

    /** A value that does not fit its attribute. */
    static NeutronError invalid(String attribute, String reason) {
        return badRequest("Invalid input for " + attribute + ". Reason: " + reason + ".");
    }

    static NeutronError forbidden(String message) {
        return new NeutronError(FORBIDDEN, "PolicyNotAuthorized", message);
    }

    static NeutronError notFound(String type, String message) {
        return new NeutronError(NOT_FOUND, type, message);
    }

    static NeutronError conflict(String type, String message) {
        return new NeutronError(CONFLICT, type, message);
    }

    static NeutronError preconditionFailed(String message) {
        return new NeutronError(PRECONDITION_FAILED, "RevisionNumberConstraintFailed", message);
    }

    /** The status of HTTP's. */
    public int status() {
        return status;
    }

    /** The name of Neutron's exception. */
    public String type() {
        return type;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
