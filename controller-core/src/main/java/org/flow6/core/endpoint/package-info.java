/** Where to connect to and to listen, as Open vSwitch writes it. */
@NullMarked
package org.flow6.core.endpoint;

import org.jspecify.annotations.NullMarked;
