/**
 * Where the network is kept that Flow6 serves, when it is not a file: a state at a revision, transactions that change it
 * under conditions, and the changes as they come.
 */
@NullMarked
package org.flow6.northbound;

import org.jspecify.annotations.NullMarked;
