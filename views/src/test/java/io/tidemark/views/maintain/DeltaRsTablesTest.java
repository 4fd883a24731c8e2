package io.tidemark.views.maintain;

import static io.tidemark.views.DeltaRsTable.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.views.DeltaRsReplay;
import io.tidemark.views.DeltaRsTable;
import io.tidemark.views.cube.RollUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that delta-rs wrote, followed as they were written: every number of every view at each version. */
class DeltaRsTablesTest {
    @TempDir
    private Path directory;

    static List<DeltaRsTable> tables() {
        return DeltaRsTable.all();
    }

    @Test
    void allTablesAreThere() {
        assertThat(tables())
                .extracting(DeltaRsTable::name)
                .containsExactly(
                        "appends",
                        "cleaned",
                        "evolved",
                        "partitioned",
                        "rewrites",
                        "vacuumed",
                        "without-zone",
                        "writers",
                        "zordered");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyViewIsExactAtEachVersionAsItIsWritten(DeltaRsTable table) throws IOException {
        DeltaRsReplay replay = new DeltaRsReplay(table, root());
        try (TableFiles files = new LocalTableFiles(root());
                Followed followed = follow(files, settledLog(files))) {
            followExactly(replay, followed);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyViewIsExactFromAStartInTheMiddle(DeltaRsTable table) throws IOException {
        DeltaRsReplay replay = new DeltaRsReplay(table, root());
        for (int i = 0; i < table.versions().size() / 2; i++) {
            replay.commit();
            replay.delete();
        }
        try (TableFiles files = new LocalTableFiles(root());
                Followed followed = follow(files, settledLog(files))) {
            followExactly(replay, followed);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aFollowerThatWasAwayCatchesUpAlthoughFilesAreGone(DeltaRsTable table) throws IOException {
        DeltaRsReplay replay = new DeltaRsReplay(table, root());
        try (TableFiles files = new LocalTableFiles(root());
                Followed followed = follow(files, settledLog(files))) {
            DeltaRsTable.Version first = replay.commit();
            followed.settle();
            assertThat(counts(followed)).isEqualTo(first.counts());
            replay.delete();

            while (replay.more()) {
                replay.commit();
                replay.delete();
            }
            followed.restart();
            followed.settle();

            assertThat(followed.state().version()).isEqualTo(table.last().number());
            assertThat(counts(followed)).isEqualTo(table.last().counts());
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void whatCanNoLongerBeReadIsNeverCountedNearly(DeltaRsTable table) throws IOException {
        try (TableFiles files = new LocalTableFiles(table.table())) {
            CappedLog log =
                    new CappedLog(settledLog(files), table.versions().get(0).number());
            try (Followed followed = follow(files, log)) {
                for (DeltaRsTable.Version version : table.versions()) {
                    log.growTo(version.number());
                    Optional<String> stopped = followed.settleOrStop();
                    if (version.readable()) {
                        assertThat(stopped).as("version %d", version.number()).isEmpty();
                        check(followed, version);
                    } else {
                        assertThat(followed.hasState())
                                .as("version %d", version.number())
                                .isFalse();
                    }
                }
            }
        }
    }

    private static void followExactly(DeltaRsReplay replay, Followed followed) throws IOException {
        while (replay.more()) {
            DeltaRsTable.Version version = replay.commit();
            followed.settle();
            check(followed, version);
            replay.delete();
            followed.settle();
            check(followed, version);
        }
    }

    private static void check(Followed followed, DeltaRsTable.Version version) {
        assertThat(followed.state().version()).isEqualTo(version.number());
        assertThat(counts(followed)).as("version %d", version.number()).isEqualTo(version.counts());
    }

    private static Map<List<String>, Long> counts(Followed followed) {
        RollUp views = followed.rollUp();
        Map<List<String>, Long> counts = new HashMap<>();
        counts.put(group("totals", "events"), views.rows());
        counts.put(group("totals", "noTime"), views.noTime());
        counts.put(group("totals", "sessions"), followed.state().distinct());
        views.hourly()
                .forEach(hour -> counts.put(
                        group(
                                "hourly",
                                Instant.ofEpochSecond(hour.hour() * 3600).toString()),
                        hour.count()));
        for (int d = 0; d < views.dimensions().size(); d++) {
            String name = DeltaRsTable.EVENTS.dimensions().get(d).name();
            List<RollUp.ValueCount> values = views.dimensions().get(d);
            values.forEach(value -> counts.put(group(name, value.value()), value.count()));
            counts.put(
                    group("totals", "values", name),
                    values.stream().filter(value -> value.value() != null).count());
        }
        views.heatmap().forEach(pair -> counts.put(group("heatmap", pair.first(), pair.second()), pair.count()));
        return counts;
    }

    /** Whether a commit looks finished is not asked: some of delta-rs hold nothing but its account. */
    private static DeltaTableLog settledLog(TableFiles files) {
        return new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO);
    }

    private Path root() throws IOException {
        return Files.createDirectories(directory.resolve("table"));
    }

    private Followed follow(TableFiles files, DeltaLog log) {
        return new Followed(directory.resolve("state"), log, files, DeltaRsTable.EVENTS);
    }
}
