package io.tidemark.web.export;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Names of downloads: {@code events-v1234-20260101T120000Z.csv}. Only what every file system and header takes is in them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266</a>
 */
public final class ExportFileName {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_NAME = 100;

    private ExportFileName() {}

    public static String of(ExportAbout about, ExportFormat format) {
        return safe(about.table()) + "-v" + about.version() + "-" + TIME.format(about.exportedAt()) + "."
                + format.extension();
    }

    /** The value of {@code Content-Disposition}. */
    public static String disposition(ExportAbout about, ExportFormat format) {
        return "attachment; filename=\"" + of(about, format) + "\"";
    }

    private static String safe(String table) {
        String safe = table.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+", "");
        return safe.isEmpty() ? "table" : safe.substring(0, Math.min(MAX_NAME, safe.length()));
    }
}
