/** The neighbors of routers: their cache (RFC 4861 §5.1, §7.2, §7.3), with ARP as the messages of IPv4 (RFC 826). */
@NullMarked
package org.flow6.core.neighbor;

import org.jspecify.annotations.NullMarked;
