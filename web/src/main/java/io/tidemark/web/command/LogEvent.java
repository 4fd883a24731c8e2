package io.tidemark.web.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** An event of the log in the words of those who read it. */
final class LogEvent {
    private LogEvent() {}

    /** SLF4J's name of its level, which {@code java.util.logging} calls otherwise. */
    static String level(LogRecord event) {
        int level = event.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (level >= Level.INFO.intValue()) {
            return "INFO";
        }
        return level >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    static String logger(LogRecord event) {
        return event.getLoggerName() == null ? "" : event.getLoggerName();
    }

    /** The stack trace with its causes, in lines; empty if nothing was thrown. */
    static String error(LogRecord event) {
        if (event.getThrown() == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        event.getThrown().printStackTrace(new PrintWriter(text, true));
        return text.toString().strip();
    }

    /**
     * Whether a character could end a line or speak to a terminal: what came from outside must not forge an event.
     *
     * @see <a href="https://www.unicode.org/reports/tr14/#BK">Unicode's line breaks</a>
     */
    static boolean isControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
