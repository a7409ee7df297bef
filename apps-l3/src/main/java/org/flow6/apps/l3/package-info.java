@NullMarked
package org.flow6.apps.l3;

import org.jspecify.annotations.NullMarked;
