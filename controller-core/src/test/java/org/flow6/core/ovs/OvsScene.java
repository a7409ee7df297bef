package org.flow6.core.ovs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An Open vSwitch for all tests of a class. */
public abstract class OvsScene {
    @SuppressWarnings("NullAway.Init") // set before it is used
    protected static OvsFixture ovs;

    @BeforeAll
    static void startSwitch() {
        ovs = OvsFixture.start();
    }

    @AfterAll
    static void stopSwitch() {
        ovs.close();
    }
}
