package org.flow6.flow;

/** A flow, what stands for it, and where it comes from. */
public record OwnedFlow(FlowKey key, Flow flow, Origin origin) {}
