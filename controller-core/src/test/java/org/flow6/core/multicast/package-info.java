@NullMarked
package org.flow6.core.multicast;

import org.jspecify.annotations.NullMarked;
