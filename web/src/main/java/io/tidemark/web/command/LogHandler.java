package io.tidemark.web.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes each event whole, in one call, so that those of several threads do not mix. What cannot be written is dropped. */
final class LogHandler extends Handler {
    private final PrintStream to;

    LogHandler(PrintStream to, Formatter formatter) {
        this.to = to;
        setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            try {
                byte[] line = getFormatter().format(event).getBytes(UTF_8);
                to.write(line, 0, line.length);
                to.flush();
            } catch (RuntimeException e) {
                reportError(null, e, ErrorManager.FORMAT_FAILURE);
            }
        }
    }

    @Override
    public void flush() {
        to.flush();
    }

    /** Leaves the stream open: it is the process's. */
    @Override
    public void close() {
        flush();
    }
}
