package org.flow6.core.openflow;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * PEM files for TLS in which both sides show a certificate: those that {@code ovs-vsctl set-ssl} takes at the other end.
 *
 * @param certificate our certificate, followed by intermediate ones if there are any
 * @param key our private key, PKCS#8 and not encrypted
 * @param ca the certificates that sign switches' certificates
 */
public record TlsFiles(Path certificate, Path key, Path ca) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** What is needed to be connected to; the peer must show a certificate. */
    SslContext server() throws IOException {
        return build(() ->
                SslContextBuilder.forServer(certificate.toFile(), key.toFile()).clientAuth(ClientAuth.REQUIRE));
    }

    /** What is needed to connect. Switches' certificates carry no host names, hence none are compared. */
    SslContext client() throws IOException {
        return build(() -> SslContextBuilder.forClient()
                .keyManager(certificate.toFile(), key.toFile())
                .endpointIdentificationAlgorithm(null));
    }

    private SslContext build(Supplier<SslContextBuilder> builder) throws IOException {
        for (Path file : List.of(certificate, key, ca)) {
            if (!Files.isReadable(file)) {
                throw new IOException("cannot read TLS file " + file);
            }
        }
        try {
            return builder.get()
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .trustManager(ca.toFile())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new SSLException("TLS: " + e.getMessage(), e);
        }
    }
}
