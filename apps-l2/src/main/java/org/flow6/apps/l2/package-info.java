/** Bridging within a network, for every address family. */
@NullMarked
package org.flow6.apps.l2;

import org.jspecify.annotations.NullMarked;
