@NullMarked
package org.flow6.northbound;

import org.jspecify.annotations.NullMarked;
