/** Compares our JSON with that of Ryu's own code. */
@NullMarked
package org.flow6.core.openflow.ryu;

import org.jspecify.annotations.NullMarked;
