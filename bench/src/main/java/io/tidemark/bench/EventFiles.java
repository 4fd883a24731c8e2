package io.tidemark.bench;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Events in files of a million rows, written by DuckDB: time, four dimensions of which some values are much more frequent than
 * others and which hang together as in real tables (a platform belongs to a channel, a category mostly to a type), a session,
 * and what only exports need. A year of 20 million rows has some 1.7 million cells.
 */
public final class EventFiles {
    private static final int FILE_ROWS = 1_000_000;
    private static final long YEAR_MICROS = 8_760L * 3_600_000_000L;
    private static final long YEAR_ROWS = 20_000_000;

    /** How a file is written; what a row costs to read depends on it. */
    public enum Form {
        SNAPPY("CODEC 'snappy'"),
        ZSTD("CODEC 'zstd'"),
        /** Times as DELTA_BINARY_PACKED, which comes with version 2 of the format. */
        DELTA("CODEC 'snappy', PARQUET_VERSION v2"),
        /** No dictionaries: every string as it is. */
        PLAIN("CODEC 'snappy', DICTIONARY_SIZE_LIMIT 1");

        private final String options;

        Form(String options) {
            this.options = options;
        }

        public String lowerCase() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The columns that are counted, as the log would have them. */
    public static final TableMetadata METADATA = TableMetadata.parse(
            "bench",
            Stream.of(
                            "timestamp:timestamp_ntz",
                            "channel:string",
                            "event_type:string",
                            "platform:string",
                            "event_category:string",
                            "session_id:string",
                            "page:string",
                            "duration:integer",
                            "amount:double")
                    .map(column -> column.split(":"))
                    .map(column -> "{\"name\":\"" + column[0] + "\",\"type\":\"" + column[1]
                            + "\",\"nullable\":true,\"metadata\":{}}")
                    .collect(Collectors.joining(",", "{\"type\":\"struct\",\"fields\":[", "]}")),
            List.of(),
            Map.of());

    public static final List<String> DIMENSIONS = List.of("channel", "event_type", "platform", "event_category");

    private static final String SELECT = """
            SELECT make_timestamp(1735689600000000 + CAST((i + random() * 50) * %d AS BIGINT)) AS timestamp,
              channel, event_type,
              channel || CASE WHEN random() < 0.7 THEN '-a' ELSE '-b' END AS platform,
              CASE WHEN i %% 50 = 0 THEN NULL WHEN i %% 50 = 1 THEN ''
                WHEN event_type IN ('purchase', 'refund') OR random() < 0.06 THEN 'commerce'
                WHEN event_type IN ('login', 'logout') THEN 'account'
                ELSE 'content' END AS event_category,
              md5(CAST((i + CAST(random() * 200 AS BIGINT)) // 20 AS VARCHAR)) AS session_id,
              'https://example.org/page/' || CAST(floor(random() * 5000) AS INTEGER) AS page,
              CAST(random() * 100000 AS INTEGER) AS duration,
              CAST(random() * 1000000 AS INTEGER) / 100.0::DOUBLE AS amount
            FROM (SELECT i,
                ['web', 'app', 'mail', 'shop', 'kiosk'][1 + CAST(floor(5 * pow(random(), 2)) AS INTEGER)] AS channel,
                ['page_view', 'click', 'scroll', 'search', 'login', 'logout', 'purchase', 'refund']
                  [1 + CAST(floor(8 * pow(random(), 2)) AS INTEGER)] AS event_type
              FROM range(%d, %d) r(i))
            """;

    private final Path folder;

    private EventFiles(Path folder) {
        this.folder = folder;
    }

    /** As many rows an hour as in a year of 20 million rows, so a part of a year where there are fewer. */
    public static EventFiles dense(Setting setting, Form form) throws Exception {
        return of(setting, "events-" + form.lowerCase(), form, YEAR_MICROS / YEAR_ROWS);
    }

    /** A whole year, however few rows there are. */
    public static EventFiles year(Setting setting) throws Exception {
        return of(setting, "year", Form.SNAPPY, YEAR_MICROS / setting.rows());
    }

    private static EventFiles of(Setting setting, String name, Form form, long microsBetween) throws Exception {
        Path folder = setting.data(name + "-" + setting.rows(), draft -> {
            try (DuckDb duck = new DuckDb(1)) {
                duck.execute("SELECT setseed(0.42)");
                for (int file = 0; file < setting.rows() / FILE_ROWS; file++) {
                    long from = (long) file * FILE_ROWS;
                    duck.execute("COPY (" + SELECT.formatted(microsBetween, from, from + FILE_ROWS) + ") TO '"
                            + draft.resolve("part-%03d.parquet".formatted(file)) + "' (FORMAT parquet, " + form.options
                            + ")");
                }
            }
        });
        return new EventFiles(folder);
    }

    public Path folder() {
        return folder;
    }

    public List<Path> paths() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the log would have them. */
    public List<DataFile> files() {
        return paths().stream().map(EventFiles::file).toList();
    }

    public static DataFile file(Path path) {
        try {
            return new DataFile(
                    path.getFileName().toString(), Optional.empty(), Map.of(), Files.size(path), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param sessions whether they are counted too */
    public static CubeSpec spec(boolean sessions) {
        return new CubeSpec(
                Optional.of("timestamp"),
                IntStream.range(0, DIMENSIONS.size())
                        .mapToObj(i -> new Dimension(
                                List.of("channel", "type", "platform", "category")
                                        .get(i),
                                DIMENSIONS.get(i)))
                        .toList(),
                sessions ? Optional.of("session_id") : Optional.empty());
    }
}
