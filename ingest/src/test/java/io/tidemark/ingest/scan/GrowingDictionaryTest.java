package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values that share a beginning, an end, or all but their length must not be taken for each other. */
class GrowingDictionaryTest {
    private final long seed = Long.getLong("tidemark.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyValueKeepsTheIdThatItGotFirstHoweverManyComeBetween() {
        GrowingDictionary dictionary =
                new GrowingDictionary(new ByteBudget(ScanLimits.standard().maxScanBytes()));
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String value = value();
            byte[] bytes = (value + "slack of eight").getBytes(StandardCharsets.ISO_8859_1);
            int id = dictionary.intern(bytes, 0, value.length());
            assertThat(expected.computeIfAbsent(value, any -> id))
                    .as("'%s', tidemark.seed=%d", value, seed)
                    .isEqualTo(id);
        }
        assertThat(dictionary.size()).isEqualTo(expected.size() + 1);
        expected.forEach((value, id) -> assertThat(dictionary.text(id)).isEqualTo(value));
    }

    /** Few letters, zeros among them, and lengths around eight and sixteen. */
    private String value() {
        StringBuilder value = new StringBuilder();
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            boolean usual = random.nextInt(8) > 0;
            value.append(usual ? 'a' : random.nextBoolean() ? '\0' : 'b');
        }
        return value.toString();
    }
}
