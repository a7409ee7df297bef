package org.flow6.launcher.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.flow6.northbound.api.Caller;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("tokens");
    }

    private String add(String name, String project, String role) throws IOException {
        TokenEntry.New made = TokenEntry.make(name, project, role);
        TokenFile.add(file, made.entry());
        return made.token();
    }

    private static Optional<Who> who(TokenFile tokens, String token) {
        return tokens.who(token).toCompletableFuture().join();
    }

    @Test
    void tellsWhoHasATokenAndNobodyElse() throws IOException {
        String alice = add("alice", "web", "member");
        String ops = add("ops@example.org", "-", "admin");
        try (TokenFile tokens = TokenFile.read(file)) {
            for (int i = 0; i < 2; i++) {
                assertThat(who(tokens, alice)).contains(new Who("alice", new Caller("web", Role.MEMBER)));
                assertThat(who(tokens, ops)).contains(new Who("ops@example.org", new Caller("", Role.ADMIN)));
                for (String wrong : new String[] {
                    "",
                    ".",
                    "alice",
                    "alice.",
                    "alice." + ops.substring(ops.lastIndexOf('.') + 1),
                    alice + "x",
                    alice.substring(1),
                    "nobody.x",
                    "x".repeat(10_000)
                }) {
                    assertThat(who(tokens, wrong)).as(wrong).isEmpty();
                }
            }
        }
    }

    @Test
    void keepsHashesAloneForItsOwnerAlone() throws IOException {
        String token = add("alice", "web", "reader");
        String text = Files.readString(file);
        assertThat(text).startsWith("alice web reader pbkdf2-sha256$10000$");
        assertThat(text).doesNotContain(token.substring("alice.".length()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> add("alice", "web", "reader")).hasMessage(file + ": has an entry of alice already");
    }

    @Test
    void followsItsFile() throws IOException {
        String alice = add("alice", "web", "member");
        String entry = Files.readString(file);
        try (TokenFile tokens = TokenFile.read(file)) {
            assertThat(who(tokens, alice)).isPresent();
            Files.writeString(file, "what?\n", StandardOpenOption.APPEND);
            tokens.reread();
            assertThat(who(tokens, alice)).isPresent();
            Files.writeString(file, "# nobody\n\n");
            tokens.reread();
            assertThat(who(tokens, alice)).isEmpty();
            Files.writeString(file, entry.strip());
            String bob = add("bob", "db", "reader");
            tokens.reread();
            assertThat(who(tokens, alice)).isPresent();
            assertThat(who(tokens, bob)).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice                      | not NAME PROJECT ROLE HASH
            alice web owner x          | the role is reader, member or admin
            alice - member x           | a member is one of a project
            a/b web member x           | a name is of up to 64 letters, digits, and any of _ . @ -
            alice web member x         | not a hash that 'flow6 token' makes
            alice web member md5$1$a$b | not a hash that 'flow6 token' makes
            alice web member pbkdf2-sha256$10000$AA$AA | not a hash that 'flow6 token' makes
            """)
    void saysWhatIsWrong(String line, String message) throws IOException {
        Files.writeString(file, "# tokens\n" + line + "\n");
        assertThatThrownBy(() -> TokenFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":2: " + message);
    }

    @Test
    void refusesTwoOfOneName() throws IOException {
        add("alice", "web", "member");
        String line = Files.readString(file);
        Files.writeString(file, line + line);
        assertThatThrownBy(() -> TokenFile.read(file)).hasMessage(file + ":2: alice is there a second time");
    }
}
