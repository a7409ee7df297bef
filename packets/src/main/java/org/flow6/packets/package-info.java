/** Packets as immutable records: decoded without exceptions, encoded as the RFCs lay them out. */
@NullMarked
package org.flow6.packets;

import org.jspecify.annotations.NullMarked;
