/** A private Open vSwitch for tests. */
@NullMarked
package org.flow6.core.ovs;

import org.jspecify.annotations.NullMarked;
