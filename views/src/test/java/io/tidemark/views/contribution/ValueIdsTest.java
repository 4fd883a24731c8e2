package io.tidemark.views.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValueIdsTest {
    private final ValueIds ids = new ValueIds();

    @Test
    void valuesAreNumberedInTheOrderInWhichTheyFirstCome() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(id("session " + i)).isEqualTo(i);
            }
        }
    }

    @Test
    void aValueIsItsBytesWhereverTheyLie() {
        int id = id("one");

        assertThat(ids.id("(one)".getBytes(StandardCharsets.UTF_8), 1, 3)).isEqualTo(id);
        assertThat(id("two")).isNotEqualTo(id);
    }

    @Test
    void whatItTakesIsAFewDozenBytesAValueHoweverLongTheyAre() {
        for (int i = 0; i < 4096; i++) {
            id("x".repeat(200) + i);
        }

        assertThat(ids.heapBytes() / 4096).isBetween(24L, 80L);
    }

    private int id(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return ids.id(bytes, 0, bytes.length);
    }
}
