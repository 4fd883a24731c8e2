package io.tidemark.web.command;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line an event for people: local time, level, the logger's simple name, the message, and a stack trace with its lines
 * side by side. Line breaks are escaped, other control characters but tabs replaced.
 */
final class PlainLogFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    @Override
    public String format(LogRecord event) {
        String level = LogEvent.level(event);
        String logger = LogEvent.logger(event);
        StringBuilder line = new StringBuilder(256);
        TIME.formatTo(event.getInstant().atZone(ZoneId.systemDefault()), line);
        line.append(' ').append(level).append(level.length() < 5 ? "  " : " ");
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(' ');
        append(line, String.valueOf(formatMessage(event)));
        String error = LogEvent.error(event);
        if (!error.isEmpty()) {
            append(line.append(" | "), error.replaceAll("\\R\\s*", " | "));
        }
        return line.append('\n').toString();
    }

    private static void append(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (c == '\r') {
                line.append("\\r");
            } else {
                line.append(c != '\t' && LogEvent.isControl(c) ? '?' : c);
            }
        }
    }
}
