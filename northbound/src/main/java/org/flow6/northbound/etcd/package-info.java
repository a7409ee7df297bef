/** A store in etcd, which many hosts share. */
@NullMarked
package org.flow6.northbound.etcd;

import org.jspecify.annotations.NullMarked;
