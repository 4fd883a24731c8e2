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
                .mapToObj(hour -> new HourCount(hour, random.nextLong() >>> 1 + random.nextInt(63)))
                .toList();

        assertThat(text(hours))
                .as("-Dtidemark.seed=" + seed)
                .isEqualTo(hours.stream()
                        .map(hour -> "{\"hour\":\"" + Json.hour(hour.hour()) + "\",\"count\":" + hour.count() + "}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void noHoursAreAnEmptyArray() {
        assertThat(text(List.of())).isEqualTo("[]");
    }

    private static String text(List<HourCount> hours) {
        String object = Json.object(json -> {
            json.writeFieldName("hourly");
            HourlyText.array(hours, json);
        });
        return object.substring("{\"hourly\":".length(), object.length() - 1);
    }
}
