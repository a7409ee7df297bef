package org.flow6.core.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFPort;

/**
 * A switch that is connected, greeted and known. All methods may be called from any thread and none blocks; what one thread writes and
 * requests goes out in the order of its calls. Futures complete on the session's event loop, where no one may block; they fail with {@link
 * SwitchErrorException}, {@link java.util.concurrent.TimeoutException}, {@link MalformedReplyException} or {@link SessionClosedException}.
 */
public final class SwitchSession {
    private final Link link;
    private final Ports ports;
    private final Handshake.Facts facts;
    private final String peer;
    private final Consumer<String> closing;
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    SwitchSession(Link link, Ports ports, Handshake.Facts facts, String peer, Consumer<String> closing) {
        this.link = link;
        this.ports = ports;
        this.facts = facts;
        this.peer = peer;
        this.closing = closing;
    }

    public DatapathId datapathId() {
        return facts.datapath();
    }

    public SwitchDescription description() {
        return facts.description();
    }

    /** How many tables the switch has, 254 for OVS. */
    public int tables() {
        return facts.tables();
    }

    /** Where the connection comes from or goes to, {@code 127.0.0.1:41234} or {@code unix:/run/…} for instance. */
    public String peer() {
        return peer;
    }

    /** The port of this number as the switch last told. */
    public Optional<SwitchPort> port(OFPort number) {
        return ports.of(number);
    }

    /** A copy of all ports as the switch last told. */
    public Map<OFPort, SwitchPort> ports() {
        return ports.snapshot();
    }

    /** A number for a message to be sent, unlike any other of this session until 2^32 were taken. */
    public int nextXid() {
        return link.nextXid();
    }

    /**
     * Sends whole messages that are encoded already, and takes over the buffer. They leave with the next {@link #flush} or request. Whoever sends
     * much looks at {@link #isWritable} and {@link #whenWritable}; nothing is refused.
     */
    public void write(ByteBuf messages) {
        Channel channel = link.channel();
        var unused = channel.write(messages, channel.voidPromise());
    }

    /** Like {@link #write(ByteBuf)}; the message's xid should come from {@link #nextXid}. */
    public void write(OFMessage message) {
        ByteBuf buffer = link.channel().alloc().buffer();
        message.writeTo(buffer);
        write(buffer);
    }

    public void flush() {
        link.channel().flush();
    }

    /** Whether less than the high watermark waits to be taken by the switch. */
    public boolean isWritable() {
        return link.channel().isWritable();
    }

    /** Completes as soon as {@link #isWritable} holds, or when the session ends. */
    public CompletableFuture<Void> whenWritable() {
        return link.whenWritable();
    }

    /** Completes when the switch has worked off all messages that were sent before. */
    public CompletableFuture<Void> barrier() {
        return link.request(Messages.barrierRequest(nextXid()), Wire.BARRIER_REPLY, "barrier")
                .thenAccept(reply -> {});
    }

    /**
     * Sends a message that is answered by one message of the given type, and gives the answer.
     *
     * @param replyType {@code OFPT_*}
     */
    public CompletableFuture<Frame> request(OFMessage message, int replyType) {
        ByteBuf buffer = Unpooled.buffer();
        message.writeTo(buffer);
        return link.request(buffer, replyType, message.getType().toString());
    }

    /** Asks for the sum of the flows' counters (OpenFlow 1.3.5 §7.3.5.3); gives the body of the reply. */
    public CompletableFuture<ByteBuf> aggregateFlows(FlowFilter filter) {
        return multipart(MultipartType.AGGREGATE, Messages.flowFilter(filter));
    }

    /** Sends a multipart request and gives the bodies of all parts of the reply, as one. */
    public CompletableFuture<ByteBuf> multipart(MultipartType type, ByteBuf body) {
        List<ByteBuf> parts = new ArrayList<>();
        return link.multipart(
                        Messages.multipartRequest(nextXid(), type, body),
                        type,
                        part -> parts.add(part.kept().from(Wire.MULTIPART_HEADER)))
                .thenApply(done -> Unpooled.wrappedBuffer(parts.toArray(ByteBuf[]::new)));
    }

    /**
     * Shows the flows of the switch to the consumer one by one, on the event loop, without keeping them.
     *
     * @return the number of flows shown; fails if the reply or the consumer does
     */
    public CompletableFuture<Integer> dumpFlows(FlowFilter filter, Consumer<? super FlowStats> consumer) {
        AtomicInteger flows = new AtomicInteger();
        ByteBuf request = Messages.multipartRequest(nextXid(), MultipartType.FLOW, Messages.flowFilter(filter));
        return link.multipart(request, MultipartType.FLOW, part -> {
                    Decoded<Integer> walked = FlowStats.walk(part.from(Wire.MULTIPART_HEADER), consumer);
                    flows.addAndGet(MalformedReplyException.require("flow dump", walked));
                })
                .thenApply(done -> flows.get());
    }

    /** Asks for a role, with a generation id above the one the switch knows. The handshake has taken MASTER already. */
    public CompletableFuture<ControllerRole> requestRole(ControllerRole role) {
        return RoleRequest.send(link, role);
    }

    /**
     * Opens, closes, commits or discards a bundle; completes when the switch agrees. The messages in between are written with {@link
     * #write}, each inside a bundle-add message.
     *
     * @param bundle a number of the caller's choice, a fresh one for each bundle
     * @param flags the same for all messages of a bundle: 1 atomic, 2 ordered
     */
    public CompletableFuture<Void> bundle(int bundle, BundleControl control, int flags) {
        String what = "bundle " + control;
        return link.request(Messages.bundleControl(nextXid(), bundle, control, flags), Wire.EXPERIMENTER, what)
                .thenAccept(reply -> MalformedReplyException.require(what, BundleReply.check(reply, bundle, control)));
    }

    /** Asks which options of Geneve the switch shows to flows. */
    public CompletableFuture<List<TunnelOption>> tunnelOptions() {
        String what = "tunnel options";
        return link.request(TunnelOption.request(nextXid()), Wire.EXPERIMENTER, what)
                .thenApply(reply -> MalformedReplyException.require(what, TunnelOption.decode(reply)));
    }

    /** Lets the switch show an option of Geneve to flows; completes when it does. */
    public CompletableFuture<Void> addTunnelOption(TunnelOption option) {
        int xid = nextXid();
        // It is not answered, so a barrier with its number is sent along: an error is then the answer to both.
        ByteBuf both = Unpooled.wrappedBuffer(option.addition(xid), Messages.barrierRequest(xid));
        return link.request(both, Wire.BARRIER_REPLY, "tunnel option " + option).thenAccept(reply -> {});
    }

    /**
     * Sends a packet through the given actions.
     *
     * @param inPort where the packet is said to have come from; {@link OFPort#CONTROLLER} for packets of our own
     * @param actions encoded actions, copied
     * @param data the packet from its Ethernet header on, copied
     */
    public void sendPacketOut(OFPort inPort, ByteBuf actions, ByteBuf data) {
        link.send(Messages.packetOut(nextXid(), inPort.getPortNumber(), actions, data));
    }

    /** Ends the session; the reason is for the log and the listener. */
    public void disconnect(String reason) {
        link.onLoop(() -> closing.accept(reason));
    }

    /** Completes with the reason when the session is over and the listener was told. */
    public CompletableFuture<String> closed() {
        return closed.copy();
    }

    void markClosed(String reason) {
        closed.complete(reason);
    }

    @Override
    public String toString() {
        return "switch " + datapathId() + " at " + peer;
    }
}
