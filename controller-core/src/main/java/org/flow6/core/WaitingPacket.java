package org.flow6.core;

import java.util.function.Consumer;
import org.flow6.flow.DropReason;
import org.flow6.flow.PacketIn;

/**
 * A packet whose next hop is not known yet.
 *
 * @param unreachable to be run when nobody turned out to be there
 * @param drop to be told when it is given up for another reason
 */
record WaitingPacket(PacketIn packet, Runnable unreachable, Consumer<DropReason> drop) {}
