package io.tidemark.web.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.cube.RollUp.HourCount;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HourlyTextTest {
    /** Microseconds of 64 bits reach so far. */
    private static final long FARTHEST = Long.MAX_VALUE / 3_600_000_000L;

    @Test
    void everyHourReadsAsJavaWritesIt() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        Random random = new Random(seed);
        List<HourCount> hours = LongStream.concat(
                        LongStream.of(-FARTHEST, -1, 0, 1, 23, 24, FARTHEST), random.longs(1_000, -FARTHEST, FARTHEST))
                .mapToObj(hour -> new HourCount(hour, random.nextLong()))
                .toList();

        assertThat(HourlyText.array(hours))
                .as("-Dtidemark.seed=" + seed)
                .isEqualTo(hours.stream()
                        .map(hour -> "{\"hour\":\"" + Json.hour(hour.hour()) + "\",\"count\":" + hour.count() + "}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void noHoursAreAnEmptyArray() {
        assertThat(HourlyText.array(List.of())).isEqualTo("[]");
    }
}
