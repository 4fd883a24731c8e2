package io.tidemark.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Parquet files of a few rows, by number. Each is one of a few files by DuckDB, without compression, in which texts and
 * times that were put there for it are overwritten.
 */
final class TinyFiles {
    private static final int PATTERNS = 64;
    /** 2025-06-15T13:46:40Z: no other number in a file looks like it. */
    private static final long MICROS = 1_750_000_000_123_457L;

    private static final long MICROS_A_FILE = 1_200_000;

    private final Path root;
    private final int rows;
    private final int filesPerSession;
    private final List<Pattern> patterns = new ArrayList<>();

    /** A file, and where in it row {@code i}'s session and time are, each at least once. */
    private record Pattern(byte[] bytes, int[][] sessions, int[][] times) {}

    private TinyFiles(Path root, int rows, int filesPerSession) {
        this.root = root;
        this.rows = rows;
        this.filesPerSession = filesPerSession;
    }

    static TinyFiles of(Path root, int rows, int filesPerSession) throws IOException, SQLException {
        TinyFiles files = new TinyFiles(root, rows, filesPerSession);
        Path draft = root.resolve("_pattern");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            for (int p = 0; p < PATTERNS; p++) {
                statement.execute("""
                        COPY (SELECT make_timestamptz(%d + i) AS "timestamp",
                            ['web', 'app', 'email', 'kiosk'][CAST(1 + hash(i, %d) %% 4 AS BIGINT)] AS channel,
                            ['page_view', 'click', 'search', 'purchase', 'scroll'][CAST(1 + hash(i, 1, %d) %% 5 AS BIGINT)] AS event_type,
                            ['ios', 'android', 'desktop'][CAST(1 + hash(i, 2, %d) %% 3 AS BIGINT)] AS platform,
                            ['content', 'commerce', ''][CAST(1 + hash(i, 3, %d) %% 3 AS BIGINT)] AS event_category,
                            printf('s%%016d', i) AS session_id
                          FROM range(%d) t(i)) TO '%s' (FORMAT parquet, COMPRESSION uncompressed)
                        """.formatted(MICROS, p, p, p, p, rows, draft));
                files.patterns.add(files.pattern(Files.readAllBytes(draft)));
            }
        }
        Files.delete(draft);
        return files;
    }

    private Pattern pattern(byte[] bytes) {
        int[][] sessions = new int[rows][];
        int[][] times = new int[rows][];
        for (int i = 0; i < rows; i++) {
            sessions[i] = find(bytes, session(i));
            times[i] = find(bytes, time(MICROS + i));
        }
        return new Pattern(bytes, sessions, times);
    }

    private static int[] find(byte[] bytes, byte[] wanted) {
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                found.add(at);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("DuckDB writes such a file in another way than was thought");
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static byte[] session(long number) {
        return String.format("s%016d", number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] time(long micros) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(micros)
                .array();
    }

    int filesPerSession() {
        return filesPerSession;
    }

    static String name(long number) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5")
                    .digest(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return "part-00000-" + HexFormat.of().formatHex(md5) + "-c000.parquet";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a file; returns its size. */
    long write(long number) throws IOException {
        Pattern pattern = patterns.get((int) (number % PATTERNS));
        byte[] bytes = pattern.bytes().clone();
        for (int i = 0; i < rows; i++) {
            byte[] session = session(number / filesPerSession * rows + i);
            byte[] time = time(MICROS + number * MICROS_A_FILE + i);
            for (int at : pattern.sessions()[i]) {
                System.arraycopy(session, 0, bytes, at, session.length);
            }
            for (int at : pattern.times()[i]) {
                System.arraycopy(time, 0, bytes, at, time.length);
            }
        }
        Files.write(root.resolve(name(number)), bytes);
        return bytes.length;
    }
}
