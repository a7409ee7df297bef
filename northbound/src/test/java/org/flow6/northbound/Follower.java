package org.flow6.northbound;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flow6.network.Id;
import org.flow6.network.NetworkModel;
import org.flow6.network.Port;
import org.flow6.network.PortSource;
import org.flow6.network.Reach;
import org.flow6.network.Resource;
import org.flow6.network.SecurityGroup;
import org.flow6.network.Wanted;
import org.flow6.northbound.LiveNetwork.Picture;
import org.jspecify.annotations.Nullable;

/**
 * Who follows a network as a switch does: takes the part that its ports reach when enough is known, and holds each part
 * against that of the whole network at the same moment. Moments are told by the name of a group, {@link #MOMENT}.
 */
final class Follower {
    static final String MOMENT = "moment";

    private final String host;
    private final Reach reach;
    private final Map<String, NetworkModel> wholes = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private Set<Id<Port>> named = Set.of();
    private Picture newest = new Picture(NetworkModel.EMPTY, List.of(), Wanted.NONE, 0);
    private NetworkModel part = NetworkModel.EMPTY;
    private String taken = "";
    private Wanted wanted = Wanted.NONE;
    private @Nullable PortSource source;
    private int held;
    private int spared;

    Follower(String host) {
        this.host = host;
        reach = new Reach(host);
    }

    void ask(PortSource from) {
        source = from;
    }

    /** A picture of the whole network, before this is told of it. */
    synchronized void whole(Picture picture) {
        wholes.put(moment(picture.model()), picture.model());
    }

    synchronized void told(Picture picture) {
        newest = picture;
        look();
    }

    /** The ports that interfaces name from now on. */
    synchronized void plug(Set<String> ports) {
        named = ports.stream().map(Id::<Port>of).collect(Collectors.toSet());
        look();
    }

    private void look() {
        NetworkModel model = newest.model();
        Wanted reaching = reach.follow(model, here(model));
        Wanted next = new Wanted(reaching.all(), reaching.networks(), reaching.groups(), named);
        if (!next.equals(wanted)) {
            wanted = next;
            Objects.requireNonNull(source).want(next);
        }
        if (newest.known().covers(next)) {
            part = reach.part();
            taken = moment(model);
            NetworkModel whole = Objects.requireNonNull(wholes.get(taken), taken);
            NetworkModel expected = new Reach(host).of(whole, here(whole));
            if (!part.equals(expected)) {
                Set<Resource> has = part.resources().collect(Collectors.toSet());
                Set<Resource> should = expected.resources().collect(Collectors.toSet());
                failures.add("moment " + taken + ": too much " + Sets.difference(has, should) + ", missing "
                        + Sets.difference(should, has));
            }
            spared += newest.leftOut() > 0 ? 1 : 0;
        } else {
            held++;
        }
        notifyAll();
    }

    private Set<Id<Port>> here(NetworkModel model) {
        Set<Id<Port>> here = new HashSet<>(named);
        here.retainAll(model.ports().keySet());
        return here;
    }

    private static String moment(NetworkModel model) {
        SecurityGroup group = model.securityGroups().get(Id.<SecurityGroup>of(MOMENT));
        return group == null ? "" : group.name();
    }

    /** Waits until what was at a moment, or after it, is taken. */
    synchronized void awaitTaken(long moment) {
        await(now -> !taken.isEmpty()
                && Long.parseLong(taken) >= moment
                && now.known().covers(wanted));
    }

    /** Waits until the newest picture is so. */
    synchronized Picture await(Predicate<Picture> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try {
            while (!condition.test(newest)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("not in time: " + newest.known() + ", " + newest.leftOut() + " left out");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return newest;
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized NetworkModel part() {
        return part;
    }

    /** How often a picture was not enough. */
    synchronized int held() {
        return held;
    }

    /** How often a part was taken of a network that was not all known. */
    synchronized int spared() {
        return spared;
    }
}
