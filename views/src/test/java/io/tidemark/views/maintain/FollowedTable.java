package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real table on a disk, and all that follows it, driven step by step with a clock of the test's own. */
final class FollowedTable implements AutoCloseable {
    static final CubeSpec SPEC = new CubeSpec(
            Optional.of("ts"),
            List.of(new Dimension("channel", "channel"), new Dimension("type", "type")),
            Optional.of("session"));
    /** Longer than a tailer waits for a missing version. */
    static final Duration GAP_SETTLED = Duration.ofSeconds(6);
    /** Longer than an idle tailer goes without looking for gaps, and at the last commit. */
    static final Duration IDLE_CHECKS = Duration.ofSeconds(31);

    final Path root;
    final MovableClock clock = new MovableClock();
    Followed followed;
    WrittenTable table;
    private final Path directory;
    private final LocalTableFiles files;

    FollowedTable(Path directory) throws IOException, SQLException {
        this.directory = directory;
        root = directory.resolve("table");
        table = new WrittenTable(root);
        files = new LocalTableFiles(root);
        startAnew();
    }

    /** Follows the table with an empty state. */
    void startAnew() {
        if (followed != null) {
            followed.close();
        }
        DeltaTableLog log = new DeltaTableLog(files, clock, DeltaTableLog.SETTLE_TIME);
        followed = new Followed(directory.resolve("state-" + System.nanoTime()), log, files, SPEC, clock);
    }

    /** Commits one file. */
    FollowedTable append(int rows) throws IOException, SQLException {
        table.write(rows, table.version() * 31 + rows);
        table.commit();
        return this;
    }

    /** Follows as far as the table goes, which has to be all the way. */
    FollowedTable settled() throws SQLException {
        followed.settle();
        assertEqualsTable();
        return this;
    }

    void assertEqualsTable() throws SQLException {
        assertThat(followed.state().version()).isEqualTo(table.version());
        assertThat(followed.state().files()).isEqualTo(table.liveFiles().size());
        assertThat(followed.counts()).isEqualTo(table.recount());
    }

    String epoch() {
        return followed.state().epoch();
    }

    long version() {
        return followed.state().version();
    }

    /** Why the tailer stopped; fails if it did not. */
    String stopped() {
        return followed.settleOrStop().orElseThrow(() -> new AssertionError("It did not stop: " + followed.status()));
    }

    /** As {@link #stopped}, and all that was served before is served still. */
    String stoppedAt(long version, Recount served) {
        String why = stopped();
        assertThat(version()).isEqualTo(version);
        assertThat(followed.counts()).isEqualTo(served);
        return why;
    }

    /** Lets time pass, and follows. */
    void later(Duration time) {
        clock.advance(time);
        followed.settle();
    }

    /** Puts another table in the place of this one. */
    void replaceBy(WrittenTable other) throws IOException, SQLException {
        table.close();
        Files.move(root, root.resolveSibling("old-" + System.nanoTime()));
        Files.move(other.root(), root);
        table = other.movedTo(root);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        followed.close();
        files.close();
        table.close();
    }
}
