package org.flow6.network.file;

import org.flow6.network.file.Layout.State;

/** A stretch of a network file that can be read by itself, and what it states; where it is may change. */
record Piece(State state, Part part) {}
