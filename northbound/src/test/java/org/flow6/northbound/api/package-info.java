@NullMarked
package org.flow6.northbound.api;

import org.jspecify.annotations.NullMarked;
