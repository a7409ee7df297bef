/** Starts Flow6: commands, configuration, and the wiring of everything. */
@NullMarked
package org.flow6.launcher;

import org.jspecify.annotations.NullMarked;
