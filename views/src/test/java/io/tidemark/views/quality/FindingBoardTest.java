package io.tidemark.views.quality;

import static io.tidemark.views.quality.FindingKind.COLUMNS_APPEARED;
import static io.tidemark.views.quality.FindingKind.EXPLODING_VALUES;
import static io.tidemark.views.quality.FindingKind.NULL_TIMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingBoardTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final FindingBoard board = new FindingBoard();

    @Test
    void whatHappensAgainIsCountedOnOneFinding() {
        board.report(Finding.now(COLUMNS_APPEARED, "", 3, NOW, 2, "first"));
        board.report(Finding.now(COLUMNS_APPEARED, "", 7, NOW.plusSeconds(5), 1, "second"));

        assertThat(board.newest(NOW))
                .containsExactly(new Finding(COLUMNS_APPEARED, "", 3, 7, NOW.plusSeconds(5), 3, "second"));
        assertThat(board.raised(COLUMNS_APPEARED)).isEqualTo(3);
    }

    @Test
    void whatLastsCountsWhatIsSoNow() {
        board.report(Finding.now(NULL_TIMES, "", 3, NOW, 2, "2 rows"));
        board.report(Finding.now(NULL_TIMES, "", 4, NOW.plusSeconds(1), 2, "2 rows"));
        assertThat(board.newest(NOW)).containsExactly(new Finding(NULL_TIMES, "", 3, 3, NOW, 2, "2 rows"));

        board.report(Finding.now(NULL_TIMES, "", 5, NOW.plusSeconds(2), 1, "1 row"));
        assertThat(board.newest(NOW))
                .containsExactly(new Finding(NULL_TIMES, "", 3, 5, NOW.plusSeconds(2), 1, "1 row"));
        assertThat(board.raised(NULL_TIMES)).isEqualTo(1);

        board.resolve(NULL_TIMES, "");
        assertThat(board.newest(NOW)).isEmpty();
        board.report(Finding.now(NULL_TIMES, "", 9, NOW, 1, "1 row"));
        assertThat(board.newest(NOW).get(0).since()).isEqualTo(9);
        assertThat(board.raised(NULL_TIMES)).isEqualTo(2);
    }

    @Test
    void aFindingIsOneASubject() {
        board.report(Finding.now(EXPLODING_VALUES, "channel", 1, NOW, 1, "a"));
        board.report(Finding.now(EXPLODING_VALUES, "type", 1, NOW, 1, "b"));
        board.resolve(EXPLODING_VALUES, "channel");

        assertThat(board.newest(NOW)).extracting(Finding::subject).containsExactly("type");
    }

    @Test
    void aSubjectThatHadToBeCutCanBeResolved() {
        String subject = "x\u0000".repeat(500);
        board.report(Finding.now(EXPLODING_VALUES, subject, 1, NOW, 1, "a"));
        board.resolve(EXPLODING_VALUES, subject);

        assertThat(board.newest(NOW)).isEmpty();
    }

    @Test
    void theBoardKeepsTheNewestAndStaysSmall() {
        for (int i = 0; i < 10 * FindingBoard.MOST; i++) {
            board.report(Finding.now(COLUMNS_APPEARED, "column " + i, i, NOW.plusSeconds(i), 1, "m"));
        }

        assertThat(board.newest(NOW)).hasSize(FindingBoard.MOST);
        assertThat(board.newest(NOW).get(0).version()).isEqualTo(10L * FindingBoard.MOST - 1);
        assertThat(board.newest(NOW).get(FindingBoard.MOST - 1).version()).isEqualTo(9L * FindingBoard.MOST);
    }

    @Test
    void whatHappenedBeginsAnewAfterItWasForgotten() {
        Duration more = FindingBoard.TOLD_FOR.plusSeconds(1);
        board.report(Finding.now(COLUMNS_APPEARED, "", 3, NOW, 2, "first"));
        assertThat(board.newest(NOW.plus(more))).isEmpty();

        board.report(Finding.now(COLUMNS_APPEARED, "", 8, NOW.plus(more), 1, "second"));
        assertThat(board.newest(NOW.plus(more)).get(0).since()).isEqualTo(8);
        assertThat(board.newest(NOW.plus(more)).get(0).count()).isEqualTo(1);
    }

    @Test
    void afterARestartWhatLastsIsShownOnlyIfItStillHolds() {
        board.restore(List.of(
                new Finding(NULL_TIMES, "", 3, 5, NOW, 2, "2 rows"),
                new Finding(EXPLODING_VALUES, "type", 4, 5, NOW, 2, "m"),
                new Finding(COLUMNS_APPEARED, "", 2, 2, NOW, 1, "a column")));
        assertThat(board.newest(NOW)).extracting(Finding::kind).containsExactly(COLUMNS_APPEARED);

        board.resolve(EXPLODING_VALUES, "type");
        board.report(Finding.now(NULL_TIMES, "", 9, NOW, 2, "2 rows"));
        board.report(Finding.now(EXPLODING_VALUES, "type", 9, NOW, 2, "m"));
        assertThat(board.newest(NOW)).extracting(Finding::since).containsExactly(3L, 9L, 2L);
    }

    @Test
    void aCountNeverRunsOver() {
        board.report(Finding.now(COLUMNS_APPEARED, "", 1, NOW, Long.MAX_VALUE - 1, "m"));
        board.report(Finding.now(COLUMNS_APPEARED, "", 1, NOW, 5, "m"));

        assertThat(board.newest(NOW).get(0).count()).isEqualTo(Long.MAX_VALUE);
    }
}
