package io.tidemark.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.TableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailLoopTest {
    private final FakeDeltaLog log = new FakeDeltaLog().create("t1");
    private final RecordingSink sink = new RecordingSink();
    private final TailFixture tail = new TailFixture(log, sink);

    @Test
    void waitsForThePollIntervalWhenIdle() {
        assertThat(tail.turns()).isEqualTo(new TailLoop.Turn(Duration.ZERO, TailFixture.POLL));
    }

    @Test
    void waitsForThePollIntervalWhereThereIsNoTable() {
        log.drop();

        assertThat(tail.turns()).isEqualTo(new TailLoop.Turn(Duration.ZERO, TailFixture.POLL));
    }

    @Test
    void aTableExceptionMakesTheViewsStaleWithItsReason() {
        log.add("a");
        tail.live();
        log.add("b");
        log.corrupt(2, new TableException("[file:///data/orders@2] line 3: not JSON"));
        tail.turns();

        assertThat(tail.state()).isEqualTo(TailState.STALE);
        assertThat(tail.reason()).isEqualTo("[file:///data/orders@2] line 3: not JSON");
        assertThat(tail.board.newest().logVersion())
                .as("the corrupt one exists")
                .isEqualTo(2);
        assertThat(sink.version()).isEqualTo(1);
    }

    @Test
    void aReasonThatDoesNotSayWhereIsGivenThePlace() {
        tail.live();
        log.add("a");
        sink.failWith(new TableException("Column 'channel' is of type struct"));
        tail.turns();

        assertThat(tail.reason()).isEqualTo("[file:///data/orders@1] Column 'channel' is of type struct");
    }

    @Test
    void goesOnByItselfWhenTheCauseGoes() {
        tail.live();
        log.add("a");
        sink.failWith(new TableException("no"));
        tail.turns();
        sink.failWith(null);
        tail.turns();

        assertThat(tail.state()).isEqualTo(TailState.LIVE);
        assertThat(tail.board.newest().reason()).isEmpty();
        assertThat(sink.live()).containsExactly("a");
    }

    @Test
    void staysStaleWhileItTriesAgain() {
        tail.live();
        log.add("a");
        sink.failWith(new TableException("no"));
        tail.turns();
        tail.turns();
        tail.turns();

        assertThat(tail.statuses.stream().filter(s -> s.state() != TailState.LIVE))
                .extracting(TailStatus::state)
                .as("told once, without flicker")
                .containsExactly(TailState.STALE);
    }

    @Test
    void retriesLaterAndLaterUpToACap() {
        tail.live();
        log.add("a");
        sink.failWith(new TableException("no"));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            waits.add(tail.turns().atMost().toMillis());
        }

        assertThat(waits).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L);
    }

    @Test
    void aSuccessMakesTheNextFailuresPauseShortAgain() {
        tail.live();
        log.add("a");
        sink.failWith(new TableException("no"));
        tail.turns();
        tail.turns();
        sink.failWith(null);
        tail.turns();
        log.add("b");
        sink.failWith(new TableException("no"));

        assertThat(tail.turns().atMost()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void reconcilingWithoutGettingPastAFailureIsNoReasonToHurry() {
        // The applied commit was cleaned up, so that each new try begins with a comparison that succeeds.
        log.add("a");
        tail.live();
        log.cleanUp(1);
        log.corrupt(2, new TableException("no"));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waits.add(tail.turns().atMost().toMillis());
        }

        assertThat(waits).containsExactly(500L, 1000L, 2000L, 4000L);
    }

    @Test
    void aFailureIsNotTriedAgainAtOnceHoweverOftenTheLogChanges() {
        tail.live();
        log.add("a");
        sink.failWith(new TableException("no"));

        assertThat(tail.turns().atLeast()).isPositive();
    }

    @Test
    void anUnexpectedErrorIsToldWithoutItsDetails() {
        tail.live();
        log.add("a");
        sink.failWith(new IllegalStateException("/var/lib/secret"));
        tail.turns();

        assertThat(tail.state()).isEqualTo(TailState.STALE);
        assertThat(tail.reason())
                .startsWith("[file:///data/orders@1] Unexpected error (IllegalStateException).")
                .doesNotContain("secret");
        sink.failWith(null);
        tail.turns();
        assertThat(tail.state()).isEqualTo(TailState.LIVE);
    }

    @Test
    void aLackOfMemoryStopsBeforeTheCommitAndIsTriedAgain() {
        log.add("a");
        sink.failWith(new OutOfMemoryError("heap"));

        assertThat(tail.turns().atMost()).isPositive();
        assertThat(tail.state()).isEqualTo(TailState.STALE);
        assertThat(tail.reason()).contains("memory").contains("-Xmx").doesNotContain("heap");
        sink.failWith(null);
        tail.turns();
        assertThat(tail.state()).isEqualTo(TailState.LIVE);
    }

    @Test
    void anErrorOfTheMachineEndsFollowing() {
        tail.live();
        log.add("a");
        sink.failWith(new LinkageError("broken"));

        assertThat(tail.loop.turn()).isEmpty();
        assertThat(tail.state()).isEqualTo(TailState.FAILED);
        assertThat(tail.reason()).contains("LinkageError");
    }

    @Test
    void aTableThatCannotBeReadAtFirstIsStaleAndStartsLater() {
        log.failSnapshots(new TableException("[file:///data/orders@0] checkpoint is damaged"));
        tail.turns();
        assertThat(tail.state()).isEqualTo(TailState.STALE);

        log.failSnapshots(null);
        tail.turns();
        assertThat(tail.state()).isEqualTo(TailState.LIVE);
    }

    @Test
    void aGapThatNoSnapshotBridgesIsStaleUntilItCloses() {
        tail.live();
        log.add("a").add("b");
        Commit late = log.cleanUp(1);
        log.failSnapshots(new TableException("versions are not contiguous"));
        tail.clock.advance(TailFixture.GAP_CHECK);
        tail.turns();
        tail.clock.advance(TailFixture.SETTLE);
        tail.turns();
        assertThat(tail.state()).isEqualTo(TailState.STALE);
        assertThat(tail.reason()).endsWith("versions are not contiguous");

        log.bringBack(late);
        tail.turns();
        assertThat(tail.state()).isEqualTo(TailState.LIVE);
        assertThat(sink.live()).containsExactly("a", "b");
    }

    @Test
    void aStoppedLoopTurnsNoMore() {
        tail.loop.stop();

        assertThat(tail.loop.turn()).isEmpty();
    }

    @Test
    void aListenerThatThrowsDoesNotStopTheTailer() {
        StatusBoard board = new StatusBoard(status -> {
            throw new IllegalStateException("listener");
        });
        board.waiting("[table] nothing is there yet");
        board.live(3, tail.clock.instant());

        assertThat(board.newest().state()).isEqualTo(TailState.LIVE);
    }
}
