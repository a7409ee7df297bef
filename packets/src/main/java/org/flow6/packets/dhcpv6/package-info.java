/** DHCPv6 messages and options as immutable records (RFC 8415): their structure, not what a server makes of them. */
@NullMarked
package org.flow6.packets.dhcpv6;

import org.jspecify.annotations.NullMarked;
