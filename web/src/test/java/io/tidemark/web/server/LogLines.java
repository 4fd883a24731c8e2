package io.tidemark.web.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What the service's own configuration writes to its log, text by text, while this is open. */
final class LogLines extends AbstractAppender implements AutoCloseable {
    private final LoggerContext context;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private LogLines(LoggerContext context, Appender like) {
        super("lines", null, like.getLayout(), false, Property.EMPTY_ARRAY);
        this.context = context;
    }

    static LogLines collect() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Appender like = context.getConfiguration()
                .getRootLogger()
                .getAppenders()
                .values()
                .iterator()
                .next();
        LogLines lines = new LogLines(context, like);
        lines.start();
        context.getRootLogger().addAppender(lines);
        return lines;
    }

    @Override
    public void append(LogEvent event) {
        lines.add(new String(getLayout().toByteArray(event), StandardCharsets.UTF_8));
    }

    void write(String message) {
        LogManager.getLogger("io.tidemark.test").error(message);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        context.getRootLogger().removeAppender(this);
        stop();
    }
}
