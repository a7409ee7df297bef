@NullMarked
package org.flow6.network;

import org.jspecify.annotations.NullMarked;
