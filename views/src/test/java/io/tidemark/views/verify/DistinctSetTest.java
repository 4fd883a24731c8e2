package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistinctSetTest {
    @Test
    void countsWhatASetOfTextsCounts() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        Random random = new Random(seed);
        DistinctSet distinct = new DistinctSet();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 60_000; i++) {
            String text = "s" + random.nextInt(20_000);
            texts.add(text);
            distinct.add(text.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(distinct.size()).as("seed %d", seed).isEqualTo(texts.size());
    }
}
