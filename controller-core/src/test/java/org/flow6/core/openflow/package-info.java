/** Tests of OpenFlow sessions, with a real Open vSwitch where a switch is needed. */
@NullMarked
package org.flow6.core.openflow;

import org.jspecify.annotations.NullMarked;
