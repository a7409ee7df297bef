/** The configuration file: what may stand in it, read with the line of everything, and the page that tells users of it. */
@NullMarked
package org.flow6.launcher.configuration;

import org.jspecify.annotations.NullMarked;
