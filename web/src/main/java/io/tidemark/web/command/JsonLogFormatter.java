package io.tidemark.web.command;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One JSON object a line: {@code time} (UTC), {@code level}, {@code logger}, {@code thread}, {@code message}, and
 * {@code error}, a stack trace, where something was thrown.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, strings</a>
 */
final class JsonLogFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    private static final String HEX = "0123456789abcdef";

    /** To be called by the thread that logs: a record does not know its name. */
    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(512).append('{');
        field(line, "time", TIME.format(event.getInstant().atOffset(ZoneOffset.UTC)));
        field(line.append(','), "level", LogEvent.level(event));
        field(line.append(','), "logger", LogEvent.logger(event));
        field(line.append(','), "thread", Thread.currentThread().getName());
        field(line.append(','), "message", String.valueOf(formatMessage(event)));
        String error = LogEvent.error(event);
        if (!error.isEmpty()) {
            field(line.append(','), "error", error);
        }
        return line.append("}\n").toString();
    }

    private static void field(StringBuilder line, String name, String text) {
        line.append('"').append(name).append("\":\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (LogEvent.isControl(c)) {
                escape(line, c);
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static void escape(StringBuilder line, char c) {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
