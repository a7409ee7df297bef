/** What routers answer to packets that they do not forward. */
@NullMarked
package org.flow6.apps.l3.errors;

import org.jspecify.annotations.NullMarked;
