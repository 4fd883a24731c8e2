package io.tidemark.bench.cluster;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.AddFile;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Changes a table commit by commit, the same from the same seed: appends, deletes of files, files that come back. */
public final class SeededWriter {
    private static final Instant END = Instant.parse("2026-03-04T12:00:00Z");
    private static final int MOST_FILES = 200;
    private static final double HOURS = 72;

    private final Path table;
    private final Random random;
    private final Configuration configuration = new Configuration();
    private final List<AddFile> removed = new ArrayList<>();
    private long version = -1;

    public SeededWriter(Path table, long seed) {
        this.table = table;
        this.random = new Random(seed);
    }

    /** Appends rows in commits of so many. */
    public void append(long rows, long rowsPerCommit) throws IOException {
        Generate.run(
                new GenerateOptions(
                        table.toString(), configuration, rows, rowsPerCommit, 0, HOURS, END, 0, random.nextLong()),
                line -> {},
                () -> false);
        version = log().snapshot().getVersion();
    }

    /** Commits once. */
    public void change() throws IOException {
        DeltaLog log = log();
        List<AddFile> live = log.snapshot().getAllFiles();
        int what = live.size() > MOST_FILES ? 80 : random.nextInt(100);
        if (what < 70 || live.size() < 4) {
            append(100, 100);
        } else if (what < 88) {
            List<AddFile> gone = new ArrayList<>(live);
            gone.sort((a, b) -> a.getPath().compareTo(b.getPath()));
            Collections.shuffle(gone, random);
            gone = gone.subList(0, 1 + random.nextInt(3));
            removed.addAll(gone);
            commit(log, gone.stream().map(file -> (Action) file.remove(System.currentTimeMillis(), true)));
        } else if (removed.isEmpty()) {
            append(30, 30);
        } else {
            AddFile back = removed.remove(random.nextInt(removed.size()));
            commit(
                    log,
                    Stream.of(new AddFile(
                            back.getPath(),
                            Map.of(),
                            back.getSize(),
                            System.currentTimeMillis(),
                            true,
                            null,
                            Map.of())));
        }
    }

    private void commit(DeltaLog log, Stream<Action> actions) {
        version = log.startTransaction()
                .commit(actions.collect(Collectors.toList()), new Operation(Operation.Name.WRITE), "bench")
                .getVersion();
    }

    private DeltaLog log() {
        return DeltaLog.forTable(configuration, table.toString());
    }

    /** Of the last commit. */
    public long version() {
        return version;
    }

    /** When the last commit was there to be read, on the clock of {@link Watcher.Seen}: its file was moved into place within a moment. */
    public double committedSeconds() throws IOException {
        Path file = table.resolve("_delta_log").resolve(String.format(Locale.ROOT, "%020d.json", version));
        return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS) / 1e6;
    }
}
