/** Security groups: what may reach a port and leave it. */
@NullMarked
package org.flow6.apps.secgroup.groups;

import org.jspecify.annotations.NullMarked;
