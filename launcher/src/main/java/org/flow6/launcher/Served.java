package org.flow6.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flow6.launcher.access.Access;
import org.flow6.launcher.access.Keystone;
import org.flow6.launcher.access.KeystoneClient;
import org.flow6.launcher.access.TokenFile;
import org.flow6.launcher.configuration.ApiAccess;
import org.flow6.launcher.http.HttpApi;
import org.flow6.launcher.http.Protection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What HTTP is protected by, which follows the files that it is made of. */
final class Served implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Served.class);

    private final ApiAccess wanted;
    private final Optional<Access> access;
    private final List<WatchedFile> watched = new CopyOnWriteArrayList<>();

    private Served(ApiAccess wanted, Optional<Access> access) {
        this.wanted = wanted;
        this.access = access;
    }

    /** @throws IOException saying for users what is wrong with a file */
    static Served open(ApiAccess wanted) throws IOException {
        if (wanted.tokens().isPresent()) {
            TokenFile tokens = TokenFile.read(wanted.tokens().get());
            Served served = new Served(wanted, Optional.of(tokens));
            served.watch(wanted.tokens().get(), tokens::reread);
            return served;
        } else if (wanted.keystone().isPresent()) {
            ApiAccess.Keystone keystone = wanted.keystone().get();
            KeystoneClient client = new KeystoneClient(new KeystoneClient.Account(
                    keystone.url(),
                    keystone.user(),
                    keystone.password(),
                    keystone.project(),
                    keystone.domain(),
                    keystone.ca()));
            return new Served(wanted, Optional.of(new Keystone(client, keystone.url(), Instant::now)));
        }
        return new Served(wanted, Optional.empty());
    }

    Protection protection() {
        return new Protection(
                wanted.tls().map(tls -> new Protection.Pem(tls.certificate(), tls.key())), access, wanted.rate());
    }

    /** Takes over a certificate that changes. */
    void follow(HttpApi api) {
        wanted.tls()
                .ifPresent(tls -> watch(tls.certificate(), () -> api.renew().whenComplete((renewed, failure) -> {
                    if (failure != null) {
                        log.error("{}: {}", tls.certificate(), failure.getMessage());
                    } else if (renewed) {
                        log.info("{}: taken over", tls.certificate());
                    }
                })));
    }

    private void watch(Path file, Runnable changed) {
        try {
            watched.add(WatchedFile.start(file, changed));
        } catch (IOException e) {
            log.warn("{}: cannot be watched, so changes take effect at the next start: {}", file, e.toString());
        }
    }

    @Override
    public void close() {
        watched.forEach(WatchedFile::close);
        access.ifPresent(Access::close);
    }
}
