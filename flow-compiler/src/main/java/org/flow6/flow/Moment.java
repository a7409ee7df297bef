package org.flow6.flow;

import java.time.Instant;
import org.flow6.network.Facts;

/** What an app without clock and memory is told of them: the time, and the facts remembered until then. */
public record Moment(Instant now, Facts facts) {}
