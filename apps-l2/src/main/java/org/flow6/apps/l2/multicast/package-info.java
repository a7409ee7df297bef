/** Multicast for those who listen to it. */
@NullMarked
package org.flow6.apps.l2.multicast;

import org.jspecify.annotations.NullMarked;
