/**
 * What a switch holds, as the REST interface of Ryu ({@code ryu.app.ofctl_rest} for OpenFlow 1.3) shows it, octet for octet in names and
 * formats. What Ryu has no name for, or fails at, is written as {@code ovs-ofctl} writes it.
 */
@NullMarked
package org.flow6.core.openflow.ryu;

import org.jspecify.annotations.NullMarked;
