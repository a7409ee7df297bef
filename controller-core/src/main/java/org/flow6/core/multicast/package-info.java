/** Who listens to multicast groups, and whom to ask about it: state that follows from messages and time alone (RFC 3810). */
@NullMarked
package org.flow6.core.multicast;

import org.jspecify.annotations.NullMarked;
