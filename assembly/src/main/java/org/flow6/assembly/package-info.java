/** What is done to the distribution's jar when it is built, and is no part of it. */
@NullMarked
package org.flow6.assembly;

import org.jspecify.annotations.NullMarked;
