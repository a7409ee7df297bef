/**
 * The network that Flow6 serves, in Neutron's vocabulary: immutable resources, immutable snapshots of all of them with
 * the indexes that flows are derived from, and the reading and checking of network files.
 */
@NullMarked
package org.flow6.network;

import org.jspecify.annotations.NullMarked;
