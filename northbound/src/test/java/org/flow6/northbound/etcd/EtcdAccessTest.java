package org.flow6.northbound.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flow6.northbound.etcd.Etcd.connected;
import static org.flow6.northbound.etcd.Etcd.until;

import io.etcd.jetcd.auth.Permission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flow6.northbound.StoreException;
import org.junit.jupiter.api.Test;

/** What etcd refuses, and whom it lets in. */
class EtcdAccessTest extends EtcdScene {
    @Test
    void saysThatEtcdIsFull() throws Exception {
        try (Etcd etcd = new Etcd(folder, "http", "--quota-backend-bytes=1000000");
                EtcdStore a = connected(etcd.settings("a"))) {
            String large = "\"" + "x".repeat(200_000) + "\"";
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            revision(commit(a, tx().put(VM1, large)));
                        }
                    })
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("etcd is full");
            assertThat(a.status().connected()).isTrue();
            assertThat(a.state().objects()).hasSize(1);
        }
    }

    @Test
    void speaksTlsAndSaysWhoItIs() throws Exception {
        run("openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out ca.pem -days 2 -subj /CN=etcd"
                + " -addext subjectAltName=IP:127.0.0.1");
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("key.pem");
        Path password = folder.resolve("password");
        Files.writeString(password, "secret\n");
        EtcdSettings.Tls tls = new EtcdSettings.Tls(
                Optional.of(certificate), Optional.of(new EtcdSettings.Tls.Pair(certificate, key)));
        try (Etcd etcd = new Etcd(
                folder,
                "https",
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--trusted-ca-file=" + certificate,
                "--client-cert-auth")) {
            EtcdSettings plain = etcd.settings("a");
            EtcdSettings secured = new EtcdSettings(
                    plain.endpoints(),
                    plain.prefix(),
                    Optional.of(tls),
                    Optional.empty(),
                    "a",
                    Optional.empty(),
                    plain.snapshot(),
                    plain.names());
            try (EtcdStore a = connected(secured)) {
                revision(commit(a, tx().put(VM1, "{}")));
                protect(a);
            }
            try (EtcdStore nobody = EtcdStore.open(secured)) {
                until(() -> nobody.status().error().orElse("").contains("permission denied"));
            }
            EtcdSettings user = new EtcdSettings(
                    plain.endpoints(),
                    plain.prefix(),
                    Optional.of(tls),
                    Optional.of(new EtcdSettings.User("flow6", password)),
                    "a",
                    Optional.empty(),
                    plain.snapshot(),
                    plain.names());
            try (EtcdStore a = connected(user)) {
                revision(commit(a, tx().put(VM2, "{}")));
            }
            Files.writeString(password, "wrong\n");
            try (EtcdStore wrong = EtcdStore.open(user)) {
                until(() -> !wrong.status().error().orElse("not connected yet").contains("not connected yet"));
                assertThat(wrong.status().error().orElseThrow()).doesNotContain("wrong\n");
            }
        }
    }

    private void run(String command) throws Exception {
        int code = new ProcessBuilder(command.split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(folder.resolve("openssl.log"))).isZero();
    }

    private static void protect(EtcdStore store) throws Exception {
        EtcdSession session = store.session();
        assertThat(session).isNotNull();
        var auth = session.client().getAuthClient();
        auth.userAdd(EtcdKeys.bytes("root"), EtcdKeys.bytes("r")).get(10, TimeUnit.SECONDS);
        auth.roleAdd(EtcdKeys.bytes("root")).get(10, TimeUnit.SECONDS);
        auth.userGrantRole(EtcdKeys.bytes("root"), EtcdKeys.bytes("root")).get(10, TimeUnit.SECONDS);
        auth.userAdd(EtcdKeys.bytes("flow6"), EtcdKeys.bytes("secret")).get(10, TimeUnit.SECONDS);
        auth.roleAdd(EtcdKeys.bytes("flow6")).get(10, TimeUnit.SECONDS);
        auth.roleGrantPermission(
                        EtcdKeys.bytes("flow6"),
                        EtcdKeys.bytes("/flow6/"),
                        EtcdKeys.bytes("/flow60"),
                        Permission.Type.READWRITE)
                .get(10, TimeUnit.SECONDS);
        auth.userGrantRole(EtcdKeys.bytes("flow6"), EtcdKeys.bytes("flow6")).get(10, TimeUnit.SECONDS);
        auth.authEnable().get(10, TimeUnit.SECONDS);
    }
}
