/** The controller: switches, their snapshots, compilers and reconcilers, and how they fare. */
@NullMarked
package org.flow6.core;

import org.jspecify.annotations.NullMarked;
