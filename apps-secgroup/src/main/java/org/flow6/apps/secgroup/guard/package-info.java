/** Source guard: what a port with port security sends is from its own addresses (RFC 7513, RFC 6620, RFC 6105). */
@NullMarked
package org.flow6.apps.secgroup.guard;

import org.jspecify.annotations.NullMarked;
