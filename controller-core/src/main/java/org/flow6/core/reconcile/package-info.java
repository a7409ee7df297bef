/** Flows as messages, and the one place that sends them: wanted is compared with what is there, and the difference sent. */
@NullMarked
package org.flow6.core.reconcile;

import org.jspecify.annotations.NullMarked;
