@NullMarked
package org.flow6.apps.l2.multicast;

import org.jspecify.annotations.NullMarked;
