package org.flow6.launcher.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Logback without its search for a configuration, which would take a tenth of a start. */
public final class LogProvider implements SLF4JServiceProvider {
    private final LoggerContext logback = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new LogbackMDCAdapter();

    /** Made by SLF4J, once it was {@linkplain #install told} to. */
    public LogProvider() {}

    /** Makes SLF4J take this one; it must not have been asked for a logger before. */
    public static void install() {
        System.setProperty("slf4j.provider", LogProvider.class.getName());
        // It would say on stderr that it takes the one it is told to, and that loggers wait while that one is set up.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    @Override
    public void initialize() {
        logback.setName("default");
        logback.setMDCAdapter(mdc);
        new LogConfigurator().configure(logback);
        logback.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return logback;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
