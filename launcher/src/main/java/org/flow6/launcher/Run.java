package org.flow6.launcher;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.flow6.core.openflow.SwitchConnections;
import org.flow6.launcher.configuration.ConfigurationFile;
import org.flow6.launcher.configuration.RefusedConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code flow6 run}: the controller, until SIGTERM or SIGINT.
 *
 * @param config the configuration file, as the user wrote it
 */
record Run(String config, PrintWriter err) {

    int call() {
        // The log takes as long to set up as the apps take to be found, and then the network's code while files are
        // read.
        CompletableFuture<Logger> log = CompletableFuture.supplyAsync(() -> LoggerFactory.getLogger(Run.class));
        var unused = log.thenRunAsync(SwitchConnections::prepare);
        Core core = new ControllerCore();
        try {
            ConfigurationFile file = new ConfigurationFile(Main.resolve(config), config, core.known());
            log.join();
            return serve(Flow6.start(file, core));
        } catch (RefusedConfiguration e) {
            return fail(e.problems());
        } catch (StartFailure e) {
            return fail(e.messages());
        } catch (InvalidPathException e) {
            return fail(List.of("'" + config + "' is not a file"));
        }
    }

    private int serve(Flow6 flow6) throws StartFailure {
        AtomicInteger code = new AtomicInteger(Main.OK);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            flow6.close();
            // A signal would leave its own code, though all went as it should.
            Runtime.getRuntime().halt(code.get());
        }));
        try {
            flow6.await();
        } catch (InterruptedException e) {
            flow6.close();
        } catch (StartFailure e) {
            code.set(Main.FAILED);
            throw e;
        }
        return Main.OK;
    }

    private int fail(List<String> messages) {
        messages.forEach(err::println);
        return Main.FAILED;
    }
}
