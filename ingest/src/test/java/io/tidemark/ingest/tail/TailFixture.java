package io.tidemark.ingest.tail;

import io.tidemark.ingest.files.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A tailer and its loop over fakes. Commits are read ahead on the caller's thread, so that the order of requests is fixed. */
final class TailFixture {
    static final String TABLE = "file:///data/orders";
    static final Duration POLL = Duration.ofSeconds(1);
    static final Duration SETTLE = Duration.ofSeconds(5);
    static final Duration GAP_CHECK = Duration.ofSeconds(30);
    static final Duration HISTORY_CHECK = Duration.ofSeconds(10);

    final FakeDeltaLog log;
    final RecordingSink sink;
    final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final List<TailStatus> statuses = new ArrayList<>();
    final StatusBoard board;
    final Tailer tailer;
    final TailLoop loop;

    TailFixture(FakeDeltaLog log, RecordingSink sink) {
        this(log, sink, TailSettings.GroupLimits.DEFAULT);
    }

    TailFixture(FakeDeltaLog log, RecordingSink sink, TailSettings.GroupLimits limits) {
        this.log = log;
        this.sink = sink;
        TailSettings settings = settings(limits);
        tailer = new Tailer(TABLE, log, sink, settings, clock, Runnable::run, statuses::add);
        board = tailer.board();
        // Always the whole pause, so that a test can say how long it is.
        RandomGenerator zero = () -> 0L;
        Backoff backoff = new Backoff(settings.backoffFirst(), settings.backoffMost(), zero);
        PollRhythm rhythm =
                new PollRhythm(settings.pollInterval(), () -> clock.instant().toEpochMilli() * 1_000_000);
        loop = new TailLoop(TABLE, tailer, sink, rhythm, backoff);
    }

    static TailSettings settings(TailSettings.GroupLimits limits) {
        return new TailSettings(
                PollInterval.fixed(POLL),
                SETTLE,
                GAP_CHECK,
                HISTORY_CHECK,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                limits,
                4);
    }

    /** Steps until there is nothing to do at once. */
    StepResult settle() {
        StepResult result = tailer.step();
        for (int i = 0; result.more() && i < 1000; i++) {
            result = tailer.step();
        }
        return result;
    }

    /** Settles, and forgets what was said and asked so far. */
    TailFixture live() {
        if (settle() != StepResult.IDLE) {
            throw new AssertionError("Not live: " + board.newest());
        }
        sink.takeCalls();
        log.takeRequests();
        statuses.clear();
        return this;
    }

    /** Turns until the loop wants to wait, and how long. */
    TailLoop.Turn turns() {
        Optional<TailLoop.Turn> turn = loop.turn();
        for (int i = 0; i < 1000 && turn.isPresent() && turn.get().atMost().isZero(); i++) {
            turn = loop.turn();
        }
        return turn.orElseThrow();
    }

    TailState state() {
        return board.newest().state();
    }

    String reason() {
        return board.newest().reason().orElseThrow();
    }
}
