package io.tidemark.views.cube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DictionaryTest {

    @Test
    void nullEmptyAndTheWordNullAreThreeValues() {
        Dictionary dictionary = new Dictionary(1);

        assertThat(List.of(
                        dictionary.ordinal(0, null),
                        dictionary.ordinal(0, ""),
                        dictionary.ordinal(0, "null"),
                        dictionary.ordinal(0, "")))
                .containsExactly(Combinations.NULL, 1, 2, 1);
        assertThat(dictionary.view().value(0, 0)).isNull();
        assertThat(dictionary.view().value(0, 2)).isEqualTo("null");
    }

    @Test
    void aCombinationKeepsItsIdHoweverManyFollow() {
        Random random = Seed.random("DictionaryTest");
        Dictionary dictionary = new Dictionary(3);
        for (int i = 0; i < 100; i++) {
            for (int d = 0; d < 3; d++) {
                dictionary.ordinal(d, "v" + i);
            }
        }
        Map<List<Integer>, Integer> ids = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int[] tuple = {random.nextInt(101), random.nextInt(101), random.nextInt(3)};
            List<Integer> key = List.of(tuple[0], tuple[1], tuple[2]);
            int id = dictionary.combination(tuple);
            assertThat(id).isEqualTo(ids.getOrDefault(key, ids.size()));
            ids.put(key, id);
        }
        Combinations view = dictionary.view();
        assertThat(view.size()).isEqualTo(ids.size());
        ids.forEach((tuple, id) -> {
            for (int d = 0; d < 3; d++) {
                assertThat(view.ordinal(id, d)).isEqualTo(tuple.get(d));
            }
        });
    }

    @Test
    void aViewKnowsNothingOfWhatCameAfterIt() {
        Dictionary dictionary = new Dictionary(1);
        Combinations before = dictionary.view();
        dictionary.combination(new int[] {dictionary.ordinal(0, "later")});

        assertThat(before.size()).isZero();
        assertThat(before.values(0)).isEqualTo(1);
        assertThatThrownBy(() -> before.value(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> before.ordinal(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(dictionary.view().value(0, 1)).isEqualTo("later");
        assertThat(dictionary.view()).isSameAs(dictionary.view());
    }

    @Test
    void withoutDimensionsThereIsExactlyOneCombination() {
        Dictionary dictionary = new Dictionary(0);
        List<Row> rows = List.of(new Row(3, List.of(), "s"), new Row(3, List.of(), "t"));

        Contribution contribution = dictionary.intern(NaiveCounts.count(rows, 0), 10);

        assertThat(dictionary.view().size()).isEqualTo(1);
        assertThat(contribution.blocks()).containsExactly(new HourBlock(3, new int[] {0}, new long[] {2}));
        assertThat(contribution.distinct()).hasSize(4);
    }

    @Test
    void countsThatDoNotAddUpAreRefused() {
        FileCounts counts = NaiveCounts.count(List.of(new Row(3, List.of("a"), null)), 1);
        FileCounts wrong = new FileCounts(
                2,
                counts.values(),
                counts.combinations(),
                counts.hours(),
                counts.cells(),
                counts.counts(),
                counts.distinct());

        assertThatThrownBy(() -> new Dictionary(1).intern(wrong, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 rows was counted as 1");
        assertThatThrownBy(() -> new Dictionary(2).intern(counts, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
