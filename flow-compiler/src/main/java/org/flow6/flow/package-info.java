/**
 * The pipeline as types, apps as pure functions from network to flows, and the incremental compiler that runs them.
 */
@NullMarked
package org.flow6.flow;

import org.jspecify.annotations.NullMarked;
