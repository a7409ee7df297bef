package org.flow6.core.openflow;

/** What may be asked of a bundle: {@code OFPBCT_*_REQUEST} of the ONF extension EXT-230, which OVS has in 1.3 too. */
public enum BundleControl {
    OPEN(0),
    CLOSE(2),
    COMMIT(4),
    DISCARD(6);

    private final int number;

    BundleControl(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The number in the reply that grants the request. */
    int reply() {
        return number + 1;
    }
}
