package org.flow6.core.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flow6.core.endpoint.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that are no database server. */
class PeerTest {
    private static final String SCHEMA = "{'id':1,'error':null,'result':{'version':'9','tables':{"
            + "'Bridge':{'columns':{'name':{'type':'string'},'ports':{'type':{'key':'uuid','max':'unlimited'}},"
            + "'datapath_id':{'type':'string'}}},"
            + "'Port':{'columns':{'interfaces':{'type':{'key':'uuid','max':'unlimited'}}}},"
            + "'Interface':{'columns':{'name':{'type':'string'},'ofport':{'type':'integer'},"
            + "'mac_in_use':{'type':'string'},'external_ids':{'type':{'key':'string','value':'string','max':'unlimited'}}}}}}}";

    private Path folder;
    private ServerSocketChannel server;
    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        folder = Files.createTempDirectory("f6");
        Path socket = folder.resolve("db.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        endpoint = new Endpoint.Unix(socket);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        Files.deleteIfExists(folder.resolve("db.sock"));
        Files.delete(folder);
    }

    /** Serves every connection with the same texts, reading a request before each, then reads on; keeps what it read. */
    private BlockingQueue<String> answering(String... texts) {
        List<byte[]> answers = Arrays.stream(texts)
                .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .toList();
        BlockingQueue<String> read = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    try (SocketChannel peer = server.accept()) {
                        serve(peer, answers, read);
                    }
                }
            } catch (IOException over) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return read;
    }

    private static void serve(SocketChannel peer, List<byte[]> answers, BlockingQueue<String> read) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        int next = 0;
        try {
            while (peer.read(buffer.clear()) >= 0) {
                read.add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
                if (next < answers.size()) {
                    peer.write(ByteBuffer.wrap(answers.get(next++)));
                }
            }
        } catch (IOException reset) {
            // The client ended it.
        }
    }

    private String lossAgainst(String... texts) throws Exception {
        BlockingQueue<String> read = answering(texts);
        try (Watched client = new Watched(endpoint, "br-int", Optional.empty())) {
            String detail = client.untilState(s -> !s.synced() && !s.detail().equals("not started"))
                    .detail();
            // It comes back, with a fresh request, and has said so only once.
            assertThat(read.poll(10, TimeUnit.SECONDS)).contains("get_schema");
            String again = read.poll(10, TimeUnit.SECONDS);
            while (again != null && !again.contains("get_schema")) {
                again = read.poll(10, TimeUnit.SECONDS);
            }
            assertThat(again).isNotNull();
            return detail;
        }
    }

    @Test
    void leavesAPeerThatSpeaksNoJson() throws Exception {
        assertThat(lossAgainst("SSH-2.0-OpenSSH_9.2\r\n")).contains("does not speak JSON");
    }

    @Test
    void leavesAPeerWhoseJsonIsBroken() throws Exception {
        assertThat(lossAgainst("{'id':}")).contains("does not speak JSON");
    }

    @Test
    void leavesAPeerWhoseJsonIsTooDeep() throws Exception {
        assertThat(lossAgainst("{'result':" + "[".repeat(100) + "]".repeat(100) + "}"))
                .contains("does not speak JSON");
    }

    @Test
    void leavesAPeerWhoseMessageHasNoEnd() throws Exception {
        assertThat(lossAgainst("{'result':'" + "x".repeat(65 << 20))).contains("too large");
    }

    @Test
    void leavesAPeerThatSpeaksOtherJson() throws Exception {
        assertThat(lossAgainst("[1,2,3]")).contains("no JSON-RPC message");
    }

    @Test
    void leavesAServerWithoutTheDatabase() throws Exception {
        assertThat(lossAgainst("{'id':1,'result':null,'error':{'error':'unknown database'}}"))
                .contains("unknown database");
    }

    @Test
    void leavesASchemaWithoutWhatItNeeds() throws Exception {
        assertThat(lossAgainst("{'id':1,'error':null,'result':{'version':'0.1','tables':{}}}"))
                .contains("schema 0.1 lacks Bridge.name");
    }

    @Test
    void leavesAPeerThatFallsSilent() throws Exception {
        assertThat(lossAgainst()).contains("silent");
    }

    @Test
    void staysWithAPeerThatAnswersItsEchoes() throws Exception {
        String echoed = "{'id':'echo','result':[],'error':null}";
        BlockingQueue<String> read = answering("", echoed, echoed, echoed, echoed);
        try (Watched client = new Watched(endpoint, "br-int", Optional.empty())) {
            assertThat(read.poll(10, TimeUnit.SECONDS)).contains("get_schema");
            // The fourth comes after more silence than a peer without an answer is given.
            for (int echo = 0; echo < 4; echo++) {
                assertThat(read.poll(10, TimeUnit.SECONDS)).contains("\"method\":\"echo\"");
            }
            assertThat(client.states()).isEmpty();
        }
    }

    @Test
    void leavesAServerWhoseUpdatesDoNotFit() throws Exception {
        assertThat(lossAgainst(SCHEMA, "{'id':2,'error':null,'result':{'Bridge':{'not-a-uuid':{'initial':{}}}}}"))
                .contains("an update of Bridge that does not fit");
    }

    @Test
    void answersEchoes() throws Exception {
        BlockingQueue<String> read = answering("{'id':'e1','method':'echo','params':['x']}");
        try (Watched client = new Watched(endpoint, "br-int", Optional.empty())) {
            String answer = read.poll(10, TimeUnit.SECONDS);
            while (answer != null && !answer.contains("e1")) {
                answer = read.poll(10, TimeUnit.SECONDS);
            }
            assertThat(client.picture().bridge()).isEmpty();
            assertThat(answer).contains("{\"result\":[\"x\"],\"error\":null,\"id\":\"e1\"}");
        }
    }

    @Test
    void readsAroundColumnsOfTheWrongType() throws Exception {
        String rows = "{'id':2,'error':null,'result':{"
                + "'Bridge':{'00000000-0000-0000-0000-000000000001':{'initial':{'name':'br-int','datapath_id':'xyz',"
                + "'ports':['uuid','00000000-0000-0000-0000-000000000002']}}},"
                + "'Port':{'00000000-0000-0000-0000-000000000002':{'initial':{"
                + "'interfaces':['uuid','00000000-0000-0000-0000-000000000003']}}},"
                + "'Interface':{'00000000-0000-0000-0000-000000000003':{'initial':{'name':'tap1','ofport':'seven',"
                + "'mac_in_use':['blob','00'],'external_ids':['map',[['iface-id','p1']]]}}}}}";
        answering(SCHEMA, rows);
        try (Watched client = new Watched(endpoint, "br-int", Optional.empty())) {
            OvsdbPicture picture = client.until(p -> p.bridge().isPresent());
            OvsInterface tap = picture.ovsInterface("tap1").orElseThrow();
            assertThat(tap.ofPort()).isEmpty();
            assertThat(tap.ifaceId()).contains("p1");
            assertThat(picture.problems())
                    .anyMatch(p -> p.startsWith("interface tap1: column ofport should hold one integer"))
                    .anyMatch(p -> p.startsWith("interface tap1: column mac_in_use"))
                    .anyMatch(p -> p.startsWith("bridge br-int: column datapath_id should hold 16 hexadecimal"));
        }
    }

    @Test
    void reportsTheFirstErrorOfATransaction() throws Exception {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        var none = json.nullNode();
        var refused = json.readTree(
                "[{\"count\":1},{\"error\":\"constraint violation\",\"details\":\"no such value\"},null]");
        assertThat(SettingsKeeper.errorOf(new OvsdbConnection.Reply(refused, none)))
                .contains("constraint violation no such value");
        assertThat(SettingsKeeper.errorOf(new OvsdbConnection.Reply(json.readTree("[{},{\"count\":0}]"), none)))
                .isEmpty();
    }
}
