package io.tidemark.web.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** What the service's own configuration writes to its log, text by text, while this is open. */
final class LogLines extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    static LogLines collect() {
        LogLines lines = new LogLines();
        lines.setFormatter(ROOT.getHandlers()[0].getFormatter());
        ROOT.addHandler(lines);
        return lines;
    }

    @Override
    public void publish(LogRecord event) {
        lines.add(getFormatter().format(event));
    }

    void write(String message) {
        LoggerFactory.getLogger("io.tidemark.test").error(message);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
