package org.flow6.core.openflow.ryu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/** The numbers that Ryu writes as words: the constants of ofproto_v1_3.py by their prefix. */
enum RyuNames {
    PORT(ImmutableMap.of(
            0xffffff00L, "MAX",
            0xfffffff8L, "IN_PORT",
            0xfffffff9L, "TABLE",
            0xfffffffaL, "NORMAL",
            0xfffffffbL, "FLOOD",
            0xfffffffcL, "ALL",
            0xfffffffdL, "CONTROLLER",
            0xfffffffeL, "LOCAL",
            0xffffffffL, "ANY")),
    TABLE(ImmutableMap.of(0xfeL, "MAX", 0xffL, "ALL")),
    GROUP(ImmutableMap.of(0xffffff00L, "MAX", 0xfffffffcL, "ALL", 0xffffffffL, "ANY")),
    METER(ImmutableMap.of(0xffff0000L, "MAX", 0xfffffffdL, "SLOWPATH", 0xfffffffeL, "CONTROLLER", 0xffffffffL, "ALL")),
    QUEUE(ImmutableMap.of(0xffffffffL, "ALL"));

    private final ImmutableMap<Long, String> words;

    RyuNames(ImmutableMap<Long, String> words) {
        this.words = words;
    }

    String text(long number) {
        return Optional.ofNullable(words.get(number)).orElseGet(() -> Long.toString(number));
    }

    JsonNode json(long number) {
        String word = words.get(number);
        return word == null ? LongNode.valueOf(number) : TextNode.valueOf(word);
    }
}
