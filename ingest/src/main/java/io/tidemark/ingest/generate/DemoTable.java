package io.tidemark.ingest.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table behind {@code demo}: events of the past, then a small commit several times a second, for as long as it may.
 *
 * <p>It stays within {@link DemoLimits}. One thread commits; another prepares compactions and deletes what is not needed. The
 * directory belongs to one demo at a time.
 */
public final class DemoTable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoTable.class);

    /** Marks a table as one that a demo may compact, cut and clean. */
    private static final String OWNED = "tidemark.demo";

    private static final int BATCH = 4096;

    private final DemoOptions options;
    private final EventTable table;
    private final EventGenerator events;
    private final EventBatch batch = new EventBatch(BATCH);
    private final Tidying tidying;
    private CompletableFuture<List<Tidying.Prepared>> round;
    private long commits;

    private DemoTable(DemoOptions options, EventTable table) {
        this.options = options;
        this.table = table;
        this.tidying = new Tidying(table, options.dir(), options.limits());
        // Another seed than the backfill's, and another after each start: session ids do not come twice.
        long seed = new Dice(options.seed() ^ System.currentTimeMillis()).nextLong();
        this.events = new EventGenerator(
                seed, EventStream.users(options.backfill() / 12), EventStream.openVisits(options.rate()));
    }

    /**
     * Runs until told to stop; stops between two commits. A table that is there already is gone on with.
     *
     * @param console lines for the user, while the past is written
     * @param stop asked several times a second
     * @throws IllegalArgumentException if the directory is in use by another demo or holds another table; the message is one
     *     line for the user
     */
    public static void run(DemoOptions options, Consumer<String> console, BooleanSupplier stop) throws IOException {
        Files.createDirectories(options.dir());
        Path lockFile = options.dir().resolve("_tidemark_demo.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            if (lock == null) {
                throw new IllegalArgumentException(
                        "Another demo writes to " + options.dir() + ". Stop it, or choose another --dir.");
            }
            EventTable table = open(options);
            if (!table.exists()) {
                Backfill.run(table, options, console, stop);
            }
            new DemoTable(options, table).keepCommitting(stop);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process
        }
    }

    private static EventTable open(DemoOptions options) throws IOException {
        DemoLimits limits = options.limits();
        Map<String, String> properties = Map.of(
                OWNED,
                "true",
                "delta.checkpointInterval",
                Integer.toString(limits.checkpointInterval()),
                // Ours cleans; Standalone's knows whole days only.
                "delta.enableExpiredLogCleanup",
                "false",
                "delta.logRetentionDuration",
                "interval " + limits.logRetention().toSeconds() + " seconds",
                "delta.deletedFileRetentionDuration",
                "interval " + limits.fileRetention().toSeconds() + " seconds");
        EventTable table =
                EventTable.open(new Configuration(), options.dir().toUri().toString(), properties);
        if (table.exists() && !"true".equals(table.properties().get(OWNED))) {
            throw new IllegalArgumentException(
                    "The table in " + options.dir()
                            + " was not made by demo, which would compact it and delete old rows. Choose another --dir, or use serve.");
        }
        return table;
    }

    private void keepCommitting(BooleanSupplier stop) throws IOException {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "demo-tidying");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Ticks ticks = new Ticks(options.commitInterval(), options.rate(), stop);
            for (Ticks.Tick tick = ticks.next(); tick != null; tick = ticks.next()) {
                commit(tick);
                tidy(worker);
            }
        } finally {
            worker.shutdown();
            awaitRound();
        }
    }

    private void commit(Ticks.Tick tick) throws IOException {
        try (EventFileWriter file = table.newFile()) {
            long done = 0;
            while (done < tick.events()) {
                batch.clear();
                for (; done < tick.events() && batch.size() < batch.capacity(); done++) {
                    events.next(batch, tick.micros(done), events.dice().oneIn(12));
                }
                file.write(batch);
            }
            table.append(List.of(file.finish()));
        }
        commits++;
    }

    /** Starts a round when it is time, and commits what the last one prepared. */
    private void tidy(ExecutorService worker) {
        if (round != null && round.isDone()) {
            List<Tidying.Prepared> prepared = awaitRound();
            prepared.forEach(commit -> table.commit(commit.actions(), commit.operation()));
        }
        if (round == null && commits % options.limits().tidyEvery() == 0) {
            var snapshot = table.newest();
            round = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return tidying.round(snapshot, Instant.now());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    worker);
        }
    }

    /** What the round prepared; empty if it failed, which is logged: the next one tries again. */
    private List<Tidying.Prepared> awaitRound() {
        if (round == null) {
            return List.of();
        }
        try {
            return round.get();
        } catch (ExecutionException e) {
            LOG.warn("The demo's table could not be tidied; trying again later.", e.getCause());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            round = null;
        }
    }
}
