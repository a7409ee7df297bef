@NullMarked
package org.flow6.core.neighbor;

import org.jspecify.annotations.NullMarked;
