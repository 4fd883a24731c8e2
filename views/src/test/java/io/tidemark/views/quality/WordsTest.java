package io.tidemark.views.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u001b", "\u202e", "\u2066", "\u200b", "\u2028", "\ud800", "\udc00"})
    void whatCannotBeSeenOrMisleadsIsReplaced(String sign) {
        assertThat(Words.plain("a" + sign + "b", 10)).isEqualTo("a\ufffdb");
    }

    @Test
    void whatCanBeReadStays() {
        assertThat(Words.plain("ünï <img onerror=1> 日本 😀", 100)).isEqualTo("ünï <img onerror=1> 日本 😀");
    }

    @Test
    void anyTextBecomesShortAndStaysAsItIsThen() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(9) : random.nextInt(0x11_0000));
            }
            String plain = Words.plain(text.toString(), 8);

            assertThat(plain).as("-Dtidemark.seed=%d", seed).hasSizeLessThanOrEqualTo(8);
            assertThat(Words.plain(plain, 8)).as("-Dtidemark.seed=%d", seed).isEqualTo(plain);
            assertThat(plain.chars().noneMatch(c -> Character.isISOControl(c))).isTrue();
        }
    }

    @Test
    void listsAreCut() {
        assertThat(Words.list(List.of("a", "b"))).isEqualTo("a, b");
        assertThat(Words.list(List.of("a", "b", "c", "d", "e", "f", "g"))).isEqualTo("a, b, c, d, e and 2 more");
    }

    @Test
    void numbersHaveTheirThing() {
        assertThat(Words.many(1, "row")).isEqualTo("1 row");
        assertThat(Words.many(1234567, "row")).isEqualTo("1,234,567 rows");
        for (long n : new long[] {0, 12, 999, 1000, -1, -999, -1000, 123456, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(Words.number(n)).isEqualTo(String.format(Locale.ROOT, "%,d", n));
        }
    }
}
