package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The ledger law, from Parquet files to roll-ups: whatever happened, the views are what DuckDB counts over the live rows. */
class ParquetLedgerTest {
    static final CubeSpec SPEC = new CubeSpec(
            Optional.of("ts"),
            List.of(new Dimension("channel", "channel"), new Dimension("type", "type")),
            Optional.of("session"));
    private static final int COMMITS = 30;

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> viewsEqualARecountAfterEveryStepOfARandomHistory() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        int histories = Integer.getInteger("tidemark.histories", 3);
        return Stream.iterate(seed, s -> s + 1)
                .limit(histories)
                .map(s -> DynamicTest.dynamicTest("-Dtidemark.seed=" + s + " -Dtidemark.histories=1", () -> follow(s)));
    }

    private void follow(long seed) throws IOException, SQLException {
        Random random = new Random(seed);
        Path root = directory.resolve("table" + seed);
        try (WrittenTable table = new WrittenTable(root);
                TableFiles files = new LocalTableFiles(root)) {
            DeltaTableLog log = new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO);
            try (Followed followed = new Followed(directory.resolve("state" + seed), log, files, SPEC)) {
                while (table.version() < COMMITS) {
                    // Sometimes commit by commit, sometimes behind by many.
                    for (int behind = random.nextInt(3) == 0 ? random.nextInt(8) : 0; behind >= 0; behind--) {
                        change(table, random);
                        table.commit();
                    }
                    if (random.nextInt(4) == 0) {
                        table.vacuum();
                    }
                    if (random.nextInt(4) == 0) {
                        followed.restart();
                    }
                    followed.settle();
                    assertViews(followed, table);
                }
                followed.restart();
                assertViews(followed, table);
            }
        }
    }

    private static void change(WrittenTable table, Random random) throws SQLException {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<String> live = table.untouched(table.liveFiles());
            Optional<String> file =
                    live.isEmpty() ? Optional.empty() : Optional.of(live.get(random.nextInt(live.size())));
            switch (random.nextInt(8)) {
                case 0 -> file.ifPresent(table::remove);
                case 1 -> reAdd(table, random);
                case 2 -> file.ifPresent(table::addAgain);
                case 3 -> table.metadata("change " + random.nextInt());
                case 4, 5 -> {
                    if (file.isPresent() && table.rowsLeft(file.get()) > 0) {
                        table.deleteRow(file.get(), random.nextInt(table.rowsWritten(file.get())));
                    }
                }
                default -> table.write(random.nextInt(60), random.nextInt());
            }
            if (random.nextBoolean()) {
                return;
            }
        }
    }

    /** As RESTORE does, or one that adds a removed file with rows deleted. */
    private static void reAdd(WrittenTable table, Random random) {
        List<String> dead = table.untouched(table.deadFiles());
        if (!dead.isEmpty()) {
            String file = dead.get(random.nextInt(dead.size()));
            SortedSet<Integer> deleted = new TreeSet<>();
            if (random.nextBoolean() && table.rowsWritten(file) > 0) {
                deleted.add(random.nextInt(table.rowsWritten(file)));
            }
            table.add(file, deleted);
        }
    }

    private static void assertViews(Followed followed, WrittenTable table) throws SQLException {
        assertThat(followed.state().version()).isEqualTo(table.version());
        assertThat(followed.state().files()).isEqualTo(table.liveFiles().size());
        assertThat(followed.counts()).isEqualTo(table.recount());
    }
}
