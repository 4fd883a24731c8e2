package io.tidemark.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TailerTest {
    private final FakeDeltaLog log = new FakeDeltaLog().create("t1");
    private final RecordingSink sink = new RecordingSink();
    private final TailFixture tail = new TailFixture(log, sink);

    @Test
    void waitsWhereThereIsNoTable() {
        log.drop();

        assertThat(tail.tailer.step()).isEqualTo(StepResult.WAITING);
        assertThat(tail.state()).isEqualTo(TailState.WAITING);
        assertThat(tail.board.newest().logVersion()).isEqualTo(-1);
        assertThat(tail.board.newest().reason())
                .hasValueSatisfying(why -> assertThat(why).contains("nothing is there yet"));
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void startsWhenTheTableAppears() {
        log.drop();
        tail.tailer.step();
        log.create("t1").add("a");

        assertThat(tail.settle()).isEqualTo(StepResult.IDLE);
        assertThat(sink.calls).containsExactly("reconcile 1 new epoch");
        assertThat(tail.statuses)
                .extracting(TailStatus::state)
                .containsExactly(TailState.WAITING, TailState.BOOTSTRAPPING, TailState.CATCHING_UP, TailState.LIVE);
        assertThat(tail.board.newest().logVersion()).isEqualTo(1);
    }

    @Test
    void anIdlePollIsOneRequest() {
        log.add("a");
        tail.live();

        assertThat(tail.tailer.step()).isEqualTo(StepResult.IDLE);
        assertThat(log.takeRequests()).containsExactly("commit 2");
    }

    @Test
    void anIdlePollSaysSinceWhenTheViewsAreCurrent() {
        tail.live();
        tail.clock.advance(Duration.ofSeconds(1));
        tail.tailer.step();

        assertThat(tail.board.newest().currentAt()).contains(tail.clock.instant());
    }

    @Test
    void aLoneFreshCommitIsAppliedAfterALookAtTheOneBeforeIt() {
        tail.live();
        log.add("a");

        assertThat(tail.tailer.step()).isEqualTo(StepResult.APPLIED);
        assertThat(log.takeRequests()).containsExactly("commit 1", "fingerprint 0");
        assertThat(sink.calls).containsExactly("apply 1");
    }

    @Test
    void aLoneFreshCommitLeavesTheTailerLive() {
        tail.live();
        log.add("a");
        tail.settle();

        assertThat(tail.statuses).extracting(TailStatus::state).containsOnly(TailState.LIVE);
        assertThat(tail.statuses.get(0).logVersion())
                .as("known to exist before it is applied")
                .isEqualTo(1);
    }

    @Test
    void whenBehindManyCommitsAreOneStep() {
        tail.live();
        tail.sink.calls.clear();
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        for (int i = 0; i < 50; i++) {
            log.add("f" + i);
        }
        TailFixture late = new TailFixture(log, behind);
        late.settle();

        assertThat(behind.calls).containsExactly("apply 1 to 50");
        assertThat(behind.live()).hasSize(50);
        assertThat(late.statuses).extracting(TailStatus::state).containsExactly(TailState.CATCHING_UP, TailState.LIVE);
    }

    @Test
    void aGroupHasAtMostSoManyCommits() {
        for (int i = 0; i < 7; i++) {
            log.add("f" + i);
        }
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        new TailFixture(log, behind, new TailSettings.GroupLimits(3, 1000, 1 << 20)).settle();

        assertThat(behind.calls).containsExactly("apply 1 to 3", "apply 4 to 6", "apply 7");
    }

    @Test
    void aGroupHasAtMostSoManyFileChangesUnlessOneCommitHasMore() {
        log.add("a", "b", "c", "d", "e").add("f").add("g").add("h");
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        new TailFixture(log, behind, new TailSettings.GroupLimits(100, 2, 1 << 20)).settle();

        assertThat(behind.calls).containsExactly("apply 1", "apply 2 to 3", "apply 4");
    }

    @Test
    void aGroupIsBoundedInBytes() {
        log.add("a").add("b").add("c");
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        new TailFixture(log, behind, new TailSettings.GroupLimits(100, 100, 1)).settle();

        assertThat(behind.calls).containsExactly("apply 1", "apply 2", "apply 3");
    }

    @Test
    void aFullGroupTellsHowFarTheLogGoes() {
        for (int i = 0; i < 7; i++) {
            log.add("f" + i);
        }
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        TailFixture late = new TailFixture(log, behind, new TailSettings.GroupLimits(3, 1000, 1 << 20));
        late.tailer.step();

        assertThat(late.board.newest().logVersion()).isEqualTo(7);
    }

    @Test
    void everyCommitIsReadOnceWhenBehind() {
        for (int i = 0; i < 20; i++) {
            log.add("f" + i);
        }
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        new TailFixture(log, behind, new TailSettings.GroupLimits(3, 1000, 1 << 20)).settle();

        assertThat(log.takeRequests().stream().filter(r -> r.startsWith("commit ")))
                .filteredOn(r -> Long.parseLong(r.substring(7)) <= 20)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void aCommitThatChangesMetadataBeginsAGroup() {
        log.add("a").append(Optional.of(FakeDeltaLog.metadata("t1")), Optional.empty(), List.of("b"), List.of());
        log.add("c").append(Optional.empty(), Optional.of(FakeDeltaLog.PLAIN), List.of(), List.of());
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        new TailFixture(log, behind).settle();

        assertThat(behind.calls).containsExactly("apply 1", "apply 2 to 3", "apply 4");
    }

    @Test
    void anUnsupportedFeatureStopsBeforeTheCommitThatNeedsIt() {
        tail.live();
        log.add("a").append(Optional.empty(), FakeDeltaLog.FOREIGN, List.of("b"), List.of());

        assertThatThrownBy(tail::settle)
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("[file:///data/orders@2] Reader feature 'foo' is not supported. Supported: ");
        assertThat(sink.calls).containsExactly("apply 1");
    }

    @Test
    void columnsThatAreNotToBeCountedStopBeforeTheCommit() {
        tail.live();
        changeColumns();
        sink.mismatched.add(1L);

        assertThatThrownBy(tail::settle)
                .isInstanceOf(ColumnMismatchException.class)
                .hasMessage("columns of 1");
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void columnsThatAreBackInALaterVersionAreFollowedToThatVersion() {
        tail.live();
        changeColumns();
        sink.mismatched.add(1L);
        assertThatThrownBy(tail::settle).hasMessage("columns of 1");
        log.add("a");
        sink.mismatched.add(2L);
        assertThatThrownBy(tail::settle).hasMessage("columns of 2");
        changeColumns();
        log.add("b");

        assertThat(tail.settle()).isEqualTo(StepResult.IDLE);
        assertThat(sink.calls).containsExactly("reconcile 4");
        assertThat(tail.state()).isEqualTo(TailState.LIVE);
    }

    private void changeColumns() {
        log.append(Optional.of(FakeDeltaLog.metadata("t1")), Optional.empty(), List.of(), List.of());
    }

    @Test
    void anUnsupportedTableIsNotCounted() {
        log.append(Optional.empty(), FakeDeltaLog.FOREIGN, List.of(), List.of());

        assertThatThrownBy(tail::settle).hasMessageContaining("@1] Reader feature 'foo'");
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void anotherTableIdInTheLogIsANewEpoch() {
        tail.live();
        log.append(Optional.of(FakeDeltaLog.metadata("t2")), Optional.empty(), List.of("b"), List.of());
        tail.settle();

        assertThat(sink.calls).containsExactly("reconcile 1 new epoch");
        assertThat(sink.position()).contains(new Position("t2", 1, "v1"));
    }

    @Test
    void goesOnFromAStoredPositionThatTheLogStillHas() {
        log.add("a").add("b");
        RecordingSink stored = RecordingSink.at("t1", 1, "v1");
        new TailFixture(log, stored).settle();

        assertThat(stored.calls).containsExactly("apply 2");
        assertThat(log.takeRequests()).startsWith("fingerprint 1", "commit 2").doesNotContain("snapshot");
    }

    @Test
    void aRewrittenCommitIsANewEpochAtStart() {
        log.add("a").add("b");
        RecordingSink stored = RecordingSink.at("t1", 1, "another v1");
        new TailFixture(log, stored).settle();

        assertThat(stored.calls).containsExactly("reconcile 2 new epoch");
    }

    @Test
    void aLogThatEndsBeforeTheStoredPositionIsANewEpoch() {
        log.add("a");
        RecordingSink stored = RecordingSink.at("t1", 5, "v5");
        new TailFixture(log, stored).settle();

        assertThat(stored.calls).containsExactly("reconcile 1 new epoch");
        assertThat(stored.version()).isEqualTo(1);
    }

    @Test
    void aLogCleanedUpPastTheStoredPositionIsReconciledWithinTheEpoch() {
        log.add("a").add("b").add("c");
        log.cleanUp(0);
        log.cleanUp(1);
        log.cleanUp(2);
        RecordingSink stored = RecordingSink.at("t1", 1, "v1");
        new TailFixture(log, stored).settle();

        assertThat(stored.calls).containsExactly("reconcile 3");
    }

    @Test
    void aTableRecreatedAndCleanedUpPastTheStoredPositionIsANewEpoch() {
        log.drop();
        log.create("t2").add("a").add("b").add("c");
        log.cleanUp(1);
        RecordingSink stored = RecordingSink.at("t1", 1, "v1");
        new TailFixture(log, stored).settle();

        assertThat(stored.calls).containsExactly("reconcile 3 new epoch");
    }

    @Test
    void aTableRecreatedWithMoreVersionsThanAppliedIsANewEpoch() {
        tail.live();
        log.drop();
        log.create("t2").add("a").add("b");
        RecordingSink stored = RecordingSink.at("t1", 0, "v0 of t1");
        new TailFixture(log, stored).settle();

        assertThat(stored.calls).containsExactly("reconcile 2 new epoch");
    }

    @Test
    void aCommitRewrittenAfterItWasAppliedIsNoticedWhenIdle() {
        log.add("a");
        tail.live();
        log.rewrite(1, "b");
        tail.clock.advance(TailFixture.HISTORY_CHECK);
        tail.settle();

        assertThat(sink.calls).containsExactly("reconcile 1 new epoch");
        assertThat(sink.live()).containsExactly("b");
    }

    @Test
    void aCommitRewrittenAndFollowedByOthersIsNoticedAfterAFailure() {
        log.add("a");
        tail.live();
        log.corrupt(2, new TableException("torn"));
        assertThatThrownBy(tail::settle).hasMessage("torn");
        log.rewrite(1, "b");
        log.add("c");
        log.mend(2);
        tail.settle();

        assertThat(sink.calls).containsExactly("reconcile 2 new epoch");
        assertThat(sink.live()).containsExactly("b", "c");
    }

    @Test
    void aCommitRewrittenAndFollowedByAnotherAtOnceIsNoticedBeforeThatIsApplied() {
        log.add("a");
        tail.live();
        log.rewrite(1, "b");
        log.add("c");
        tail.settle();

        assertThat(sink.calls).containsExactly("reconcile 2 new epoch");
        assertThat(sink.live()).containsExactly("b", "c");
    }

    @Test
    void aCommitThatGrowsAfterItWasTakenIsPutRightAsSoonAsTheFolderChanges() {
        log.add("a");
        tail.live();
        log.rewrite(1, "a", "b");
        tail.tailer.step();
        assertThat(sink.live()).containsExactly("a");

        tail.tailer.logChanged();
        tail.settle();

        assertThat(sink.live()).containsExactly("a", "b");
    }

    @Test
    void aRolledBackLogIsNoticedWhenIdle() {
        log.add("a").add("b");
        tail.live();
        log.rollBackTo(1);
        tail.clock.advance(TailFixture.HISTORY_CHECK);
        tail.settle();

        assertThat(sink.calls).containsExactly("reconcile 1 new epoch");
        assertThat(tail.board.newest().logVersion()).isEqualTo(1);
    }

    @Test
    void theLastCommitIsLookedAtAgainOnlyNowAndThen() {
        tail.live();
        for (int second = 0; second < 20; second++) {
            tail.clock.advance(Duration.ofSeconds(1));
            tail.tailer.step();
        }

        assertThat(log.takeRequests().stream().filter("fingerprint 0"::equals)).hasSize(2);
    }

    @Test
    void aTableThatVanishesStopsTheTailerAndKeepsWhatWasApplied() {
        log.add("a");
        tail.live();
        log.drop();
        tail.clock.advance(TailFixture.HISTORY_CHECK);

        assertThatThrownBy(tail.tailer::step).hasMessageContaining("[file:///data/orders@1] The table is gone");
        assertThat(sink.calls).isEmpty();
    }

    @Test
    void aGapIsWaitedForAndAppliedWhenItCloses() {
        tail.live();
        log.add("a").add("b");
        Commit late = log.cleanUp(1);
        tail.clock.advance(TailFixture.GAP_CHECK);

        assertThat(tail.tailer.step()).isEqualTo(StepResult.SETTLING);
        assertThat(tail.state()).isEqualTo(TailState.CATCHING_UP);
        log.bringBack(late);
        tail.settle();

        assertThat(sink.calls).containsExactly("apply 1 to 2");
    }

    @Test
    void aGapThatStaysIsReconciledAfterAWhile() {
        tail.live();
        log.add("a").add("b");
        log.cleanUp(1);
        tail.clock.advance(TailFixture.GAP_CHECK);
        tail.settle();
        tail.clock.advance(TailFixture.SETTLE.minusMillis(1));
        assertThat(tail.settle()).isEqualTo(StepResult.SETTLING);
        tail.clock.advance(Duration.ofMillis(1));
        tail.settle();

        assertThat(sink.calls).containsExactly("reconcile 2");
    }

    @Test
    void aLogThatWasCleanedUpPastTheAppliedVersionIsNoticedAsSoonAsTheFolderChanges() {
        log.add("a");
        tail.live();
        log.add("b").add("c");
        log.cleanUp(1);
        log.cleanUp(2);
        tail.tailer.logChanged();
        tail.tailer.step();

        assertThat(tail.tailer.step()).isEqualTo(StepResult.SETTLING);
        tail.clock.advance(TailFixture.SETTLE);
        tail.settle();

        assertThat(sink.calls).contains("reconcile 3");
        assertThat(sink.live()).containsExactly("a", "b", "c");
    }

    @Test
    void aGapOverARewrittenCommitIsANewEpoch() {
        log.add("a").add("b").add("c");
        RecordingSink stored = RecordingSink.at("t1", 1, "v1");
        TailFixture late = new TailFixture(log, stored);
        late.live();
        log.add("d").add("e");
        log.cleanUp(4);
        log.rewrite(3, "x");
        late.clock.advance(TailFixture.HISTORY_CHECK.minusSeconds(1));
        late.tailer.step();
        late.clock.advance(TailFixture.GAP_CHECK);
        late.tailer.step();
        late.clock.advance(TailFixture.SETTLE);
        late.settle();

        assertThat(stored.calls).containsExactly("reconcile 5 new epoch");
    }

    @Test
    void anIdleTailerListsTheLogOnlyNowAndThen() {
        tail.live();
        for (int second = 0; second < 60; second++) {
            tail.clock.advance(Duration.ofSeconds(1));
            tail.tailer.step();
        }

        assertThat(log.takeRequests().stream().filter("gap 1"::equals)).hasSize(2);
    }

    @Test
    void aFileThatALaterCommitRemovedIsNotMissed() {
        tail.live();
        sink.missing.add("gone");
        log.add("gone").add("a").remove("gone").add("b");
        tail.settle();

        assertThat(sink.calls).containsExactly("missing gone at 1", "apply 1 to 4");
        assertThat(sink.live()).containsExactly("a", "b");
    }

    @Test
    void aMissingFileRemovedBeyondAChangeOfMetadataIsPassedByASnapshot() {
        tail.live();
        sink.missing.add("gone");
        log.add("gone").append(Optional.of(FakeDeltaLog.metadata("t1")), Optional.empty(), List.of(), List.of());
        log.remove("gone").add("b");
        tail.settle();

        assertThat(sink.calls).containsExactly("missing gone at 1", "reconcile 4");
        assertThat(sink.live()).containsExactly("b");
    }

    @Test
    void aMissingFileThatIsLiveStopsTheTailer() {
        tail.live();
        sink.missing.add("gone");
        log.add("gone").add("a");

        assertThatThrownBy(tail::settle).isInstanceOf(MissingDataFileException.class);
        assertThat(sink.version()).isZero();
        assertThat(log.takeRequests()).as("no snapshot can help").doesNotContain("snapshot");

        log.remove("gone");
        tail.settle();
        assertThat(sink.live()).containsExactly("a");
    }

    @Test
    void aSnapshotWhoseFilesAreVacuumedWhileItIsCountedIsLeftForANewerOne() {
        log.add("compacted").add("b");
        sink.missing.add("compacted");
        sink.whenMissing = () -> log.remove("compacted").add("c");

        tail.settle();

        assertThat(sink.calls).hasSize(2).first().asString().startsWith("missing compacted at ");
        assertThat(sink.live()).containsExactly("b", "c");
        assertThat(tail.statuses).extracting(TailStatus::state).doesNotContain(TailState.STALE);
    }

    @Test
    void aFileThatEverySnapshotMissesIsAReasonToStop() {
        log.add("gone");
        sink.missing.add("gone");
        sink.whenMissing = () -> log.add("another");

        assertThatThrownBy(tail::settle).isInstanceOf(MissingDataFileException.class);
        assertThat(sink.calls).hasSize(5);
    }

    @Test
    void aCorruptCommitStopsAfterTheOnesBeforeIt() {
        log.add("a").add("b").add("c");
        log.corrupt(3, new TableException("[file:///data/orders@3] line 2: not JSON"));
        RecordingSink behind = RecordingSink.at("t1", 0, "v0 of t1");
        TailFixture late = new TailFixture(log, behind);

        assertThatThrownBy(late::settle).hasMessage("[file:///data/orders@3] line 2: not JSON");
        assertThat(behind.calls).containsExactly("apply 1 to 2");
        log.mend(3);
        late.settle();
        assertThat(behind.version()).isEqualTo(3);
    }

    @Test
    void aCommitNotThereWhenReadAheadIsAskedForAgain() {
        tail.live();
        log.add("a").add("b");
        tail.tailer.step();
        tail.tailer.step();
        log.add("c");
        tail.settle();

        assertThat(sink.version()).isEqualTo(3);
        assertThat(tail.state()).isEqualTo(TailState.LIVE);
    }
}
