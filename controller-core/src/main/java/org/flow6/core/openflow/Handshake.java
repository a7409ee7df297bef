package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.projectfloodlight.openflow.types.DatapathId;

/**
 * All that is asked of a switch once its HELLO has come, in this order: SET_CONFIG must come before the ports are asked for, since on OVS's unix
 * socket changes are told only from then on; the role before anything that a slave may not do.
 */
final class Handshake {
    private static final int FEATURES_REPLY = 32;

    /**
     * What the switch answered.
     *
     * @param tables how many tables it has
     */
    record Facts(DatapathId datapath, int tables, SwitchDescription description) {}

    private final Link link;
    private final Ports ports;

    Handshake(Link link, Ports ports) {
        this.link = link;
        this.ports = ports;
    }

    CompletableFuture<Facts> run() {
        CompletableFuture<Frame> features =
                link.request(Messages.featuresRequest(link.nextXid()), Wire.FEATURES_REPLY, "features");
        return features.thenApply(this::checked).thenCompose(reply -> {
            link.send(Messages.setConfig(link.nextXid()));
            link.send(Messages.setAsync(link.nextXid()));
            return RoleRequest.send(link, ControllerRole.MASTER)
                    .thenCompose(role -> multipart(MultipartType.PORT_DESC, ports::addAll))
                    .thenCompose(done -> description())
                    .thenApply(description -> facts(reply, description));
        });
    }

    private Frame checked(Frame reply) {
        return MalformedReplyException.require(
                "features",
                reply.length() >= FEATURES_REPLY ? Decoded.ok(reply) : Decoded.malformed("reply is cut off"));
    }

    private CompletableFuture<Void> multipart(MultipartType type, Consumer<Frame> parts) {
        ByteBuf request = Messages.multipartRequest(link.nextXid(), type, Unpooled.EMPTY_BUFFER);
        return link.multipart(request, type, parts);
    }

    private CompletableFuture<SwitchDescription> description() {
        ByteBuf body = Unpooled.buffer();
        return multipart(MultipartType.DESC, part -> body.writeBytes(part.from(Wire.MULTIPART_HEADER)))
                .thenApply(done -> MalformedReplyException.require("description", SwitchDescription.decode(body)));
    }

    private static Facts facts(Frame features, SwitchDescription description) {
        ByteBuf bytes = features.bytes();
        return new Facts(DatapathId.of(bytes.getLong(8)), bytes.getUnsignedByte(20), description);
    }
}
