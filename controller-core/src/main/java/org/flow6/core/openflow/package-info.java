/**
 * OpenFlow 1.3 sessions with switches: connecting, the handshake, a reader that no peer can upset, requests and replies.
 *
 * <p><b>Threads.</b> Each connection lives on one Netty event loop, and all that a session knows about its connection is
 * touched on that loop alone. {@link org.flow6.core.openflow.SwitchSession}'s methods may be called from any thread: they hand
 * their work to the loop, in the order of the calls of each thread. Calls to a {@link
 * org.flow6.core.openflow.SwitchListener}, completions of futures and consumers of streamed replies run <em>on</em> the loop: they
 * must be short and must not block, since an echo request waits behind them. Buffers handed to them are valid during the
 * call; whoever keeps one copies or retains it. Immutable records (ports, description, errors) may go anywhere.
 */
@NullMarked
package org.flow6.core.openflow;

import org.jspecify.annotations.NullMarked;
