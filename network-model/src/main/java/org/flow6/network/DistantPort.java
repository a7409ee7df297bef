package org.flow6.network;

/**
 * A port that is beyond what a switch's own ports can reach. Of it only the addresses count that it gives its security
 * groups, as rules about these may be asked of packets that come by ways which the network does not know.
 *
 * @param port which the model does not have otherwise
 */
public record DistantPort(Port port) implements Resource {
    @Override
    public Id<DistantPort> id() {
        return Id.of(port.id().value());
    }
}
