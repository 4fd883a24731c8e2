package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void everyCellThatDiffersIsNamedWithBothNumbers() {
        Cells served = new Cells();
        served.put("channel", 5, "web");
        served.put("channel", 2, (String) null);
        served.put("heatmap", 1, "web", "click");
        Cells counted = new Cells();
        counted.put("channel", 6, "web");
        counted.put("channel", 2, (String) null);
        counted.put("channel", 1, "chat");

        Comparison comparison = Comparison.of(served, counted, 10);

        assertThat(comparison.cells()).isEqualTo(4);
        assertThat(comparison.first())
                .containsExactlyInAnyOrder(
                        new Difference("channel", List.of("web"), 5, 6),
                        new Difference("channel", List.of("chat"), 0, 1),
                        new Difference("heatmap", List.of("web", "click"), 1, 0));
    }

    @Test
    void nullAndTheEmptyTextAreNotTheSame() {
        Cells served = new Cells();
        served.put("channel", 3, "");
        Cells counted = new Cells();
        counted.put("channel", 3, (String) null);

        assertThat(Comparison.of(served, counted, 10).differences()).isEqualTo(2);
    }

    @Test
    void onlyTheFirstDifferencesAreKeptButAllAreCounted() {
        Cells served = new Cells();
        Cells counted = new Cells();
        for (int i = 0; i < 50; i++) {
            counted.put("type", 1, "t" + i);
        }

        Comparison comparison = Comparison.of(served, counted, 5);

        assertThat(comparison.differences()).isEqualTo(50);
        assertThat(comparison.first()).hasSize(5);
    }

    @Test
    void whatUsersWroteCannotControlATerminal() {
        Difference difference = new Difference("type", Arrays.asList("a\u001B[2Jb\n", null), 1, 2);

        assertThat(difference.toString()).isEqualTo("type \"a\uFFFD[2Jb\uFFFD\" × null: served 1, counted 2");
    }
}
