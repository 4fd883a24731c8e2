package io.tidemark.views.stream;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.ingest.tail.SinkLostException;
import io.tidemark.ingest.tail.TailLoop;
import io.tidemark.ingest.tail.TailSettings;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.store.KillPoint;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one table for as long as its task is here, on the task's thread, a little at a time. */
final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final String LOG_FOLDER = "_delta_log";
    private static final long REOPEN_MILLIS = 5_000;
    private static final long AHEAD_MILLIS = 100;
    /** How often it is said that all is as before. */
    private static final long REPORT_MILLIS = 2_000;

    private final TableEntry entry;
    private final TailShelf shelf;
    private final TailVoice voice;
    private final OpenTables tables;
    private final PollInterval pollInterval;
    private final Clock clock;
    private final Lead lead;
    private final AtomicBoolean woken = new AtomicBoolean();

    private TailLoop loop; // null: not open yet
    private AutoCloseable watch = () -> {};
    private long notBefore;
    private long nextTurn;
    private TailStatus status = new TailStatus(TailState.WAITING, Optional.empty(), -1, Optional.empty());
    private TailStatus reported; // null: nothing was
    private long reportedAt;
    private boolean ended;

    Follower(
            TableEntry entry,
            TailShelf shelf,
            TailVoice voice,
            OpenTables tables,
            PollInterval pollInterval,
            Clock clock) {
        this.entry = entry;
        this.shelf = shelf;
        this.voice = voice;
        this.tables = tables;
        this.pollInterval = pollInterval;
        this.clock = clock;
        this.lead = new Lead(shelf);
    }

    TableEntry entry() {
        return entry;
    }

    TailShelf shelf() {
        return shelf;
    }

    /**
     * Does what is due.
     *
     * @return true if something was said that somebody waits for
     * @throws RuntimeException if the task must be given up
     */
    boolean tick() {
        long now = clock.millis();
        long steps = shelf.cursor().steps();
        if (!ended && now >= notBefore && (now >= nextTurn || woken.get())) {
            run(now);
        }
        boolean step = shelf.cursor().steps() != steps;
        if (step) {
            KillPoint.SAID.pass();
        }
        return report(now) || step;
    }

    private void run(long now) {
        if (!lead.mayRun()) {
            nextTurn = now + AHEAD_MILLIS;
            return;
        }
        woken.set(false);
        try {
            if (loop == null) {
                open();
            }
            Optional<TailLoop.Turn> turn = loop.turn();
            ended = turn.isEmpty();
            turn.ifPresent(next -> {
                notBefore = now + next.atLeast().toMillis();
                nextTurn = now + next.atMost().toMillis();
            });
        } catch (SinkLostException e) {
            throw e.getCause();
        } catch (TableException e) {
            // The place cannot be opened; what is wrong in it, the loop tells itself.
            LOG.warn("Stopped: {}", e.getMessage());
            status =
                    new TailStatus(TailState.STALE, Optional.of(e.getMessage()), status.logVersion(), Optional.empty());
            nextTurn = now + REOPEN_MILLIS;
            notBefore = nextTurn;
        }
    }

    private void open() {
        TableFiles files = tables.files(entry.uri());
        TailLoop opened = TailLoop.of(
                files.root().toString(),
                new DeltaTableLog(files),
                new TailSink(entry, shelf, voice),
                TailSettings.with(pollInterval),
                clock,
                tables.readers(),
                now -> status = now);
        watch = files.watch(LOG_FOLDER, () -> {
            opened.logChanged();
            woken.set(true);
        });
        loop = opened;
    }

    private boolean report(long now) {
        boolean other = reported == null
                || status.state() != reported.state()
                || status.logVersion() != reported.logVersion()
                || !status.reason().equals(reported.reason());
        if (!other && now - reportedAt < REPORT_MILLIS) {
            return false;
        }
        voice.report(entry.ref(), new Report(status));
        reported = status;
        reportedAt = now;
        return true;
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (Exception e) {
            LOG.warn("The file watch could not be closed", e);
        }
    }
}
