package org.flow6.northbound.etcd;

import io.etcd.jetcd.ByteSequence;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.flow6.network.Fact;
import org.flow6.network.FactExchange.Place;
import org.flow6.network.Id;
import org.flow6.northbound.ObjectKey;

/**
 * What is where below the prefix.
 *
 * @param prefix without a slash at its end
 */
record EtcdKeys(String prefix) {
    private static final String OBJECTS = "/objects";
    private static final String HOSTS = "/hosts/";
    private static final String FACTS = "/facts/";

    /** Written by every transaction; the first key of what is watched. */
    ByteSequence newest() {
        return bytes(prefix + OBJECTS);
    }

    /** Behind all objects: a slash's next character. */
    ByteSequence end() {
        return bytes(prefix + OBJECTS + "0");
    }

    ByteSequence of(ObjectKey key) {
        return bytes(prefix + OBJECTS + "/" + key);
    }

    /** The object that a key is of; empty if it is of none. */
    Optional<ObjectKey> object(ByteSequence key) {
        String text = key.toString(StandardCharsets.UTF_8);
        String start = prefix + OBJECTS + "/";
        if (!text.startsWith(start)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ObjectKey.parse(text.substring(start.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Written by every transaction that is not about ports alone. */
    ByteSequence structure() {
        return bytes(prefix + "/structure");
    }

    /** Written by every transaction of a host: tells which was the last. */
    ByteSequence writer(String host) {
        return bytes(prefix + "/writers/" + host);
    }

    /** There as long as a host is. */
    ByteSequence host(String name) {
        return bytes(prefix + HOSTS + name);
    }

    /** Behind all hosts. */
    ByteSequence endOfHosts() {
        return bytes(prefix + "/hosts0");
    }

    String host(ByteSequence key) {
        return key.toString(StandardCharsets.UTF_8).substring(prefix.length() + HOSTS.length());
    }

    /** Before all facts. */
    ByteSequence facts() {
        return bytes(prefix + FACTS);
    }

    /** Behind all facts. */
    ByteSequence endOfFacts() {
        return bytes(prefix + "/facts0");
    }

    /** Before all facts of a host. */
    ByteSequence factsOf(String host) {
        return bytes(prefix + FACTS + word(host) + "/");
    }

    /** Behind all facts of a host. */
    ByteSequence endOfFactsOf(String host) {
        return bytes(prefix + FACTS + word(host) + "0");
    }

    ByteSequence fact(Place place) {
        Fact.Key key = place.key();
        return bytes(prefix + FACTS + word(place.host()) + "/" + word(key.kind()) + "/"
                + word(key.network().value()) + "/" + word(key.name()));
    }

    /** Whose fact a key is of, and which; empty if it is of none. */
    Optional<Place> place(ByteSequence key) {
        String text = key.toString(StandardCharsets.UTF_8);
        if (!text.startsWith(prefix + FACTS)) {
            return Optional.empty();
        }
        String[] words = text.substring(prefix.length() + FACTS.length()).split("/", -1);
        try {
            return words.length == 4
                    ? Optional.of(new Place(
                            unword(words[0]),
                            new Fact.Key(unword(words[1]), Id.of(unword(words[2])), unword(words[3]))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without slashes. */
    private static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unword(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    /** Says which object has what only one may have. */
    ByteSequence unique(String name) {
        return bytes(prefix + "/unique/" + name);
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
