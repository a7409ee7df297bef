/** DHCPv6: addresses, prefixes and settings for the hosts of a network (RFC 8415). */
@NullMarked
package org.flow6.apps.dhcpv6;

import org.jspecify.annotations.NullMarked;
