/** One line per event, on stderr. */
@NullMarked
package org.flow6.launcher.logging;

import org.jspecify.annotations.NullMarked;
