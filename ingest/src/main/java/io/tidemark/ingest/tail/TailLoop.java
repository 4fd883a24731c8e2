package io.tidemark.ingest.tail;

import io.tidemark.ingest.files.StoreException;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tailer's thread does over and over: a step, what became of it as a status, and how long to wait then.
 *
 * <p>Nothing but a broken machine (an {@link Error} other than a lack of memory) ends it: what is wrong with a table is told, and tried again later and later.
 */
public final class TailLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TailLoop.class);
    /** A failure is not tried again sooner, however often the log changes meanwhile. */
    private static final Duration LEAST_AFTER_FAILURE = Duration.ofMillis(250);

    /** What is waited for may be there at any moment. */
    private static final Duration MOST_WHILE_SETTLING = Duration.ofSeconds(1);

    private final String table;
    private final Tailer tailer;
    private final CommitSink sink;
    private final StatusBoard board;
    private final PollRhythm rhythm;
    private final Backoff backoff;

    /** The reason that was logged last; empty if all is well. */
    private Optional<String> told = Optional.empty();

    /** Version that was applied when it failed last. */
    private Optional<Long> failedAt = Optional.empty();

    private volatile boolean stopped;

    /**
     * For whoever has a thread of his own.
     *
     * @param table as users may see it, for messages
     * @param clock by which pauses and settling are measured
     * @param executor reads commits ahead
     * @param listener told of each change of status, on the thread of the turn
     */
    public static TailLoop of(
            String table,
            DeltaLog log,
            CommitSink sink,
            TailSettings settings,
            Clock clock,
            Executor executor,
            Consumer<TailStatus> listener) {
        Tailer tailer = new Tailer(table, log, sink, settings, clock, executor, listener);
        Backoff backoff = new Backoff(settings.backoffFirst(), settings.backoffMost(), new Random());
        PollRhythm rhythm = new PollRhythm(settings.pollInterval(), () -> clock.millis() * 1_000_000L);
        return new TailLoop(table, tailer, sink, rhythm, backoff);
    }

    TailLoop(String table, Tailer tailer, CommitSink sink, PollRhythm rhythm, Backoff backoff) {
        this.table = table;
        this.tailer = tailer;
        this.sink = sink;
        this.board = tailer.board();
        this.rhythm = rhythm;
        this.backoff = backoff;
    }

    /**
     * How long to wait before the next turn.
     *
     * @param atLeast even if the log changes
     * @param atMost if nothing happens
     */
    public record Turn(Duration atLeast, Duration atMost) {
        static final Turn AT_ONCE = new Turn(Duration.ZERO, Duration.ZERO);
    }

    /**
     * @return empty if there is to be no further turn
     * @throws SinkLostException if the sink says so
     */
    public Optional<Turn> turn() {
        if (stopped) {
            return Optional.empty();
        }
        try {
            StepResult did = tailer.step();
            succeeded(did);
            return Optional.of(after(did));
        } catch (SinkLostException e) {
            throw e;
        } catch (TableException e) {
            return failed(located(e.getMessage()), e, false);
        } catch (RuntimeException e) {
            String reason = located("Unexpected error (" + e.getClass().getSimpleName()
                    + "). The last good version is served, and it is tried again; the service's log has the details.");
            return failed(reason, e, true);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The step was given up whole, and its memory with it: the commit may be mended, or the load of others
            // pass.
            return failed(
                    located(
                            "The memory does not suffice for what comes next ("
                                    + e.getClass().getSimpleName()
                                    + "). The last good version is served, and it is tried again; give the service more memory (-Xmx)."),
                    e,
                    true);
        } catch (Error e) {
            LOG.error("Following {} ended", table, e);
            board.failed("Out of order (" + e.getClass().getSimpleName()
                    + "): restart the service; its log has the details.");
            return Optional.empty();
        }
    }

    private Turn after(StepResult did) {
        if (did.more()) {
            rhythm.found();
            return Turn.AT_ONCE;
        }
        Duration pause = rhythm.pause();
        boolean settling = did == StepResult.SETTLING && pause.compareTo(MOST_WHILE_SETTLING) > 0;
        return new Turn(Duration.ZERO, settling ? MOST_WHILE_SETTLING : pause);
    }

    /** Says that something changed in the log's folder. For any thread. */
    public void logChanged() {
        tailer.logChanged();
        rhythm.woken();
    }

    /** Makes the turn that is going on the last. For any thread. */
    void stop() {
        stopped = true;
    }

    private void succeeded(StepResult did) {
        // A step may succeed without getting past what failed: that alone is no reason to hurry again.
        boolean past = did == StepResult.IDLE
                || did == StepResult.WAITING
                || (did.more() && !version().equals(failedAt));
        if (past) {
            backoff.reset();
            failedAt = Optional.empty();
            told.ifPresent(reason -> LOG.info("Following {} goes on", table));
            told = Optional.empty();
        }
    }

    private Optional<Turn> failed(String reason, Throwable cause, boolean withTrace) {
        if (stopped) {
            return Optional.empty();
        }
        if (!StoreException.isCauseOf(cause)) {
            learnLogVersion();
        }
        failedAt = version();
        Duration wait = backoff.next();
        if (!told.equals(Optional.of(reason))) {
            told = Optional.of(reason);
            if (withTrace) {
                LOG.error("Stopped: {}", reason, cause);
            } else {
                LOG.warn("Stopped: {}", reason);
                LOG.debug("Stopped because of", cause);
            }
        }
        board.stale(reason, tailer.logVersion());
        Duration least = wait.compareTo(LEAST_AFTER_FAILURE) < 0 ? wait : LEAST_AFTER_FAILURE;
        return Optional.of(new Turn(least, wait));
    }

    private Optional<Long> version() {
        return sink.position().map(Position::version);
    }

    private void learnLogVersion() {
        try {
            tailer.learnLogVersion();
        } catch (RuntimeException e) {
            LOG.debug("The newest version of {} is not known", table, e);
        }
    }

    /** The message with the place in front, unless it says where already. */
    private String located(String message) {
        if (message != null && message.startsWith("[")) {
            return message;
        }
        long next = version().map(applied -> applied + 1).orElse(Math.max(0, tailer.logVersion()));
        return "[" + table + "@" + next + "] " + message;
    }
}
