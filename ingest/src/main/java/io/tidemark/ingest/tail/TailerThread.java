package io.tidemark.ingest.tail;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaLog;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a table until closed: owns the thread that feeds the sink, its waiting, and the file watch that cuts the waiting short.
 */
public final class TailerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TailerThread.class);
    private static final String LOG_FOLDER = "_delta_log";
    private static final long CLOSE_MILLIS = 10_000;
    private static final long IDLE_SECONDS = 10;

    private final Tailer tailer;
    private final TailLoop loop;
    private final Pause pause;
    private final PollRhythm rhythm;
    private final ThreadPoolExecutor readers;
    private final AutoCloseable watch;
    private final Thread thread;

    /**
     * Begins to follow a table.
     *
     * @param log of the table
     * @param files of the table; its log folder is watched
     * @param sink where commits go; used by the new thread alone from now on
     * @param listener told of each change of status, on the new thread; must not block
     */
    public static TailerThread start(
            DeltaLog log, TableFiles files, CommitSink sink, TailSettings settings, Consumer<TailStatus> listener) {
        return new TailerThread(log, files, sink, settings, listener, Clock.systemUTC(), Pause.real());
    }

    TailerThread(
            DeltaLog log,
            TableFiles files,
            CommitSink sink,
            TailSettings settings,
            Consumer<TailStatus> listener,
            Clock clock,
            Pause pause) {
        String table = files.root().toString();
        this.pause = pause;
        AtomicInteger number = new AtomicInteger();
        readers = new ThreadPoolExecutor(
                settings.readAhead(),
                settings.readAhead(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "tidemark-log-" + number.incrementAndGet()));
        // Needed when behind, which a live tailer is seldom.
        readers.allowCoreThreadTimeOut(true);
        tailer = new Tailer(table, log, sink, settings, clock, readers, listener);
        Backoff backoff = new Backoff(settings.backoffFirst(), settings.backoffMost(), new Random());
        rhythm = new PollRhythm(settings.pollInterval(), System::nanoTime);
        loop = new TailLoop(table, tailer, sink, rhythm, backoff);
        watch = files.watch(LOG_FOLDER, () -> {
            tailer.logChanged();
            wake();
        });
        thread = daemon(this::run, "tidemark-tailer");
        thread.start();
    }

    /** The newest status. For any thread. */
    public TailStatus status() {
        return tailer.status();
    }

    /** False once nothing follows the table any more, be it that this was closed, or that the thread was lost. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Asks the log now instead of after the poll interval: something says that there is a commit. For any thread. */
    public void wake() {
        rhythm.woken();
        pause.wake();
    }

    /** Ends following; waits for the step that is going on, and cuts it short if it takes long. */
    @Override
    public void close() {
        loop.stop();
        pause.wake();
        try {
            watch.close();
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("The file watch could not be closed", e);
        }
        readers.shutdownNow();
    }

    private void run() {
        try {
            for (Optional<TailLoop.Turn> turn = loop.turn(); turn.isPresent(); turn = loop.turn()) {
                pause.await(turn.get().atLeast(), turn.get().atMost());
            }
        } catch (InterruptedException e) {
            // Closed while it waited.
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
