package org.flow6.core.openflow;

/** {@code OFPCR_ROLE_*} (OpenFlow 1.3.5 §7.3.9). */
public enum ControllerRole {
    NOCHANGE(0),
    EQUAL(1),
    MASTER(2),
    SLAVE(3);

    private final int number;

    ControllerRole(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Decoded<ControllerRole> decode(int number) {
        for (ControllerRole role : values()) {
            if (role.number == number) {
                return Decoded.ok(role);
            }
        }
        return Decoded.malformed("unknown role " + number);
    }
}
