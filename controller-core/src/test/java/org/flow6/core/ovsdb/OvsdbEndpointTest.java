package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OvsdbEndpointTest {
    @Test
    void readsWhatItWrites() {
        for (String text : new String[] {
            "unix:/run/openvswitch/db.sock", "tcp:127.0.0.1:6640", "tcp:[2001:db8::1]:6640", "tcp:db.example:1"
        }) {
            assertThat(OvsdbEndpoint.parse(text)).hasToString(text);
        }
        assertThat(OvsdbEndpoint.parse("tcp:[::1]:6640")).isEqualTo(new OvsdbEndpoint.Tcp("::1", 6640));
    }

    @Test
    void refusesTheRestWithItsText() {
        for (String text : new String[] {
            "",
            "unix:",
            "tcp:",
            "tcp::1",
            "tcp:host",
            "tcp:host:",
            "tcp:host:x",
            "tcp:host:0",
            "tcp:host:65536",
            "tcp:::1:6640",
            "tcp:[]:1",
            "ssl:host:6640",
            "/run/db.sock"
        }) {
            assertThatThrownBy(() -> OvsdbEndpoint.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
