/**
 * The client of Open vSwitch's database (OVSDB, RFC 7047): it says which interface of the managed bridge carries which
 * logical port, and keeps the bridge set up as Flow6 needs it. Everything here runs on one Netty event loop.
 */
@NullMarked
package org.flow6.core.ovsdb;

import org.jspecify.annotations.NullMarked;
