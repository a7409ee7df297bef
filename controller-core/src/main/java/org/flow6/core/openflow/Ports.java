package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.projectfloodlight.openflow.types.OFPort;

/** The ports of a switch as it last told. Written on the event loop, read by anyone. */
final class Ports {
    private final Map<OFPort, SwitchPort> byNumber = new ConcurrentHashMap<>();

    /** Takes in a part of the reply to a request for all ports. */
    void addAll(Frame part) {
        ByteBuf bytes = part.bytes();
        for (int at = Wire.MULTIPART_HEADER; part.length() - at >= SwitchPort.LENGTH; at += SwitchPort.LENGTH) {
            SwitchPort port = SwitchPort.read(bytes, at);
            byNumber.put(port.number(), port);
        }
    }

    void apply(PortStatus status) {
        if (status.change() == PortStatus.Change.DELETE) {
            byNumber.remove(status.port().number());
        } else {
            byNumber.put(status.port().number(), status.port());
        }
    }

    Optional<SwitchPort> of(OFPort number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    Map<OFPort, SwitchPort> snapshot() {
        return Map.copyOf(byNumber);
    }
}
