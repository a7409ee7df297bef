package org.flow6.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.flow6.flow.Beacon;
import org.flow6.flow.FlowApp;

/** How many frames the beacons of all apps sent, through all switches. For any thread. */
final class BeaconCounts {
    /** By app and beacon; what there is does not change. */
    private final Map<String, Map<String, LongAdder>> counts = new LinkedHashMap<>();

    BeaconCounts(List<FlowApp> apps) {
        for (FlowApp app : apps) {
            for (Beacon<?> beacon : app.beacons()) {
                counts.computeIfAbsent(app.name(), name -> new LinkedHashMap<>())
                        .put(beacon.name(), new LongAdder());
            }
        }
    }

    void add(String app, String beacon, int frames) {
        LongAdder count = counts.getOrDefault(app, Map.of()).get(beacon);
        if (count == null) {
            throw new IllegalArgumentException("app " + app + " has no beacon " + beacon);
        }
        count.add(frames);
    }

    /** By app and beacon; each is there. */
    Map<String, Map<String, Long>> sums() {
        Map<String, Map<String, Long>> sums = new LinkedHashMap<>();
        counts.forEach((app, beacons) -> {
            Map<String, Long> own = new LinkedHashMap<>();
            beacons.forEach((beacon, count) -> own.put(beacon, count.sum()));
            sums.put(app, own);
        });
        return sums;
    }
}
