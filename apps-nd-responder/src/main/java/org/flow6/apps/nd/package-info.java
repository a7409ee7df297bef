/** Neighbor Discovery, answered where the packet allows it in the switch (RFC 4861, RFC 4862). */
@NullMarked
package org.flow6.apps.nd;

import org.jspecify.annotations.NullMarked;
