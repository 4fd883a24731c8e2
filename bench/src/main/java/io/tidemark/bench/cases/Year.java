package io.tidemark.bench.cases;

import java.util.Locale;

/**
 * One year of one table on S3, on paper. Assumed: one writer that commits every five seconds, files of at most a million rows, 22
 * bytes a row in the columns that are counted, 20 rows a session within a few files, 200 cells an hour.
 *
 * @param eventsAMinute all year long
 */
record Year(long eventsAMinute, UnitCosts costs) {
    static final String HEADER = """
            | events a minute | rows a second | files a year | rows a year | cells | cores | bytes of state | reads a second | GETs a month | € a month |
            |---|---|---|---|---|---|---|---|---|---|""";

    private static final double SECONDS = 365 * 86_400.0;
    private static final double MONTH = SECONDS / 12;
    private static final double COMMIT_SECONDS = 5;
    private static final double MOST_ROWS_A_FILE = 1_000_000;
    private static final double BYTES_A_ROW = 22;
    private static final double WINDOW_BYTES = 4 << 20;
    private static final double ROWS_A_SESSION = 20;
    private static final double FILES_A_SESSION = 2;
    /** Of store.md: a distinct value, and its hash in the ledger entry of one file. */
    private static final double SESSION_BYTES = 18.2;

    private static final double HASH_BYTES = 12;
    private static final double FILE_BYTES = 150;
    private static final double CELLS = 8_760 * 200.0;
    /** The service asks for the next commit every half second while the log is at its end. */
    private static final double POLLS_A_SECOND = 2;
    /** The commit, and a look at the one before it. */
    private static final double GETS_A_COMMIT = 2;

    private static final double EUROS_A_MILLION_GETS = 0.37;

    String row() {
        return String.format(
                Locale.ROOT,
                "| %,d | %,.0f | %,.1f M | %,.0f M | %,.1f M | %.3f | %s | %s/s | %,.1f M | %.2f |",
                eventsAMinute,
                rowsASecond(),
                filesASecond() * SECONDS / 1e6,
                rowsASecond() * SECONDS / 1e6,
                CELLS / 1e6,
                cores(),
                bytes(stateBytes()),
                bytes(rowsASecond() * BYTES_A_ROW),
                getsAMonth() / 1e6,
                getsAMonth() / 1e6 * EUROS_A_MILLION_GETS);
    }

    private double rowsASecond() {
        return eventsAMinute / 60.0;
    }

    private double filesASecond() {
        return Math.max(1 / COMMIT_SECONDS, rowsASecond() / MOST_ROWS_A_FILE);
    }

    private double cores() {
        double row = costs.rowMicros() + FILES_A_SESSION / ROWS_A_SESSION * costs.sessionMicros();
        return (filesASecond() * costs.fileMicros() + rowsASecond() * row) / 1e6;
    }

    private double stateBytes() {
        double sessions = rowsASecond() * SECONDS / ROWS_A_SESSION;
        return sessions * (SESSION_BYTES + FILES_A_SESSION * HASH_BYTES) + filesASecond() * SECONDS * FILE_BYTES;
    }

    private double getsAMonth() {
        double rowsAFile = rowsASecond() / filesASecond();
        double getsAFile = Math.max(1, 1 + Math.ceil(rowsAFile * BYTES_A_ROW / WINDOW_BYTES));
        return MONTH * (POLLS_A_SECOND + GETS_A_COMMIT / COMMIT_SECONDS + filesASecond() * getsAFile);
    }

    private static String bytes(double value) {
        return value >= 1e12
                ? String.format(Locale.ROOT, "%.1f TB", value / 1e12)
                : value >= 1e9
                        ? String.format(Locale.ROOT, "%.1f GB", value / 1e9)
                        : value >= 1e6
                                ? String.format(Locale.ROOT, "%.1f MB", value / 1e6)
                                : String.format(Locale.ROOT, "%.1f KB", value / 1e3);
    }
}
