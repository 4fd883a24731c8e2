package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many rows a writer says that its file has. */
class StatedRowsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"numRecords\":0}|0",
                "{\"numRecords\":12,\"minValues\":{\"x\":1}}|12",
                "{\"numRecords\":999999999999999999}|999999999999999999",
                "{\"numRecords\":9223372036854775807}|9223372036854775807",
                "{ \"numRecords\" : 7 }|7",
                "{\"minValues\":{\"numRecords\":3},\"nullCount\":{\"a\":[{}]},\"numRecords\":8,\"x\":1}|8"
            })
    void theNumberIsFoundWhereverItStands(String stats, long rows) {
        assertThat(stated(stats)).hasValue(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "null",
                "[1]",
                "{\"numRecords\":",
                "{\"numRecords\":}",
                "{\"numRecords\":5",
                "{\"numRecords\":-5}",
                "{\"numRecords\":5.0}",
                "{\"numRecords\":5e3}",
                "{\"numRecords\":\"5\"}",
                "{\"numRecords\":null}",
                "{\"numRecords\":9223372036854775808}",
                "{\"numRecords\":99999999999999999999999999}",
                "{\"minValues\":{\"numRecords\":3}}"
            })
    void whatIsNotANumberOfRowsStatesNothing(String stats) {
        assertThat(stated(stats)).isEmpty();
    }

    @Test
    void withoutStatisticsNothingIsStated() {
        assertThat(file(Optional.empty()).statedRows()).isEmpty();
    }

    @Test
    void statisticsOfAnyDepthAndLengthStateNothingAndThrowNothing() {
        assertThat(stated("{\"minValues\":" + "[".repeat(1 << 17))).isEmpty();
        assertThat(stated("{\"minValues\":\"" + "x".repeat(1 << 20) + "\",\"numRecords\":4}"))
                .isEmpty();
        assertThat(stated("{\"" + "x".repeat(1 << 16) + "\":1,\"numRecords\":4}"))
                .isEmpty();
    }

    @Test
    void noTextMakesItThrow() {
        String signs = "{}[]\":,0123456789.-eEnumRecords\\u \0\ud800é";
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"numRecords\":" : "{");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            OptionalLong rows = stated(text.toString());
            assertThat(rows.orElse(0))
                    .as("%s; repeat with -Dtidemark.seed=%d", text, seed)
                    .isNotNegative();
        }
    }

    private static OptionalLong stated(String stats) {
        return file(Optional.of(stats)).statedRows();
    }

    private static DataFile file(Optional<String> stats) {
        return new DataFile("a.parquet", Optional.empty(), Map.of(), 1, stats);
    }
}
