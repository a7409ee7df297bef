package org.flow6.core.openflow;

/** A request was refused by the switch. */
public final class SwitchErrorException extends Exception {
    private final transient OpenFlowError error;

    SwitchErrorException(String request, OpenFlowError error) {
        super(request + ": " + error, null, false, false);
        this.error = error;
    }

    public OpenFlowError error() {
        return error;
    }
}
