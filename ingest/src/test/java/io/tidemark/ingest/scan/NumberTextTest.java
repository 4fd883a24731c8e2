package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written digit by digit is what the JDK writes. {@code -Dtidemark.seed} repeats a run. */
class NumberTextTest {
    private static final int TRIES = 300_000;
    private final TimeText times = new TimeText();
    private final byte[] text = new byte[TextForm.MAX_TEXT];
    private final Random random = new Random(seed());

    private static long seed() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("NumberTextTest: -Dtidemark.seed=" + seed);
        return seed;
    }

    private String text(int length) {
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }

    private long anyLong() {
        return random.nextLong() >> random.nextInt(64);
    }

    @Test
    void doublesAreWrittenSoThatTheyComeBackAndAsShortAsJavaDoes() {
        for (int i = 0; i < TRIES; i++) {
            double value = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : (random.nextInt(2_000_000) - 1_000_000) / Math.pow(10, random.nextInt(9));
            String written = text(NumberText.floating(value, text));

            assertThat(written.length())
                    .isLessThanOrEqualTo(Double.toString(value).length());
            if (Double.parseDouble(written) != value && !Double.isNaN(value)) {
                throw new AssertionError(value + " was written as " + written);
            }
        }
        for (double value : new double[] {0, -0.0, 1, -2, 0.001, 0.000999, 9_999_999.5, 1e7, 0.1, 100, 1e-7, 1 / 3.0}) {
            assertThat(text(NumberText.floating(value, text))).isEqualTo(Double.toString(value));
        }
    }

    @Test
    void integersAndDecimalsAreWrittenAsJavaDoes() {
        for (int i = 0; i < TRIES; i++) {
            long value = i == 0 ? Long.MIN_VALUE : anyLong();
            int scale = random.nextInt(19);
            if (!text(NumberText.integer(value, text)).equals(Long.toString(value))
                    || !text(NumberText.decimal(value, scale, text))
                            .equals(BigDecimal.valueOf(value, scale).toPlainString())) {
                throw new AssertionError(value + " with " + scale + " digits after the point");
            }
        }
    }

    @Test
    void datesAndTimesAreWrittenAsJavaDoes() {
        for (int i = 0; i < TRIES; i++) {
            long second = (random.nextLong() % 400_000_000_000L) >> random.nextInt(20);
            int digits = (int) Math.pow(10, random.nextInt(10));
            int nanos = random.nextInt(1_000_000_000) / digits * digits;
            boolean zoned = random.nextBoolean();
            long day = Math.floorDiv(second, 86_400L);
            if (!text(times.time(second, nanos, zoned, text)).equals(ValueText.time(second, nanos, zoned))
                    || !text(TimeText.date(day, text)).equals(ValueText.date(day))) {
                throw new AssertionError(
                        second + " s, " + nanos + " ns: " + text(times.time(second, nanos, zoned, text)));
            }
        }
    }
}
