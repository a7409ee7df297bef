package org.flow6.core.openflow;

/** {@code OFPMP_*} (OpenFlow 1.3.5 §7.3.5). */
public enum MultipartType {
    DESC(0),
    FLOW(1),
    AGGREGATE(2),
    TABLE(3),
    PORT_STATS(4),
    QUEUE(5),
    GROUP(6),
    GROUP_DESC(7),
    GROUP_FEATURES(8),
    METER(9),
    METER_CONFIG(10),
    METER_FEATURES(11),
    TABLE_FEATURES(12),
    PORT_DESC(13);

    private final int number;

    MultipartType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
