@NullMarked
package org.flow6.network.file;

import org.jspecify.annotations.NullMarked;
