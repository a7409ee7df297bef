/** Who asks over HTTP, where they have to say so. */
@NullMarked
package org.flow6.launcher.access;

import org.jspecify.annotations.NullMarked;
