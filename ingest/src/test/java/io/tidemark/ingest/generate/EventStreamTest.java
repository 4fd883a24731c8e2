package io.tidemark.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Instant END = Instant.parse("2026-03-04T12:00:00Z");
    private static final Instant FROM = Instant.parse("2026-02-25T12:00:00Z");

    @Test
    void theSameSeedGivesTheSameRowsHoweverManyAreTakenAtOnce() {
        List<String> atOnce = rows(7, 20_000, 20_000);
        List<String> inBits = rows(7, 20_000, 613);

        assertThat(inBits).isEqualTo(atOnce);
        assertThat(rows(8, 20_000, 613)).isNotEqualTo(atOnce);
    }

    @Test
    void timesAreInOrderAndWithinTheRange() {
        EventBatch batch = batch(11, 30_000, 2_500);

        long last = Timeline.micros(FROM);
        for (int row = 0; row < batch.size(); row++) {
            assertThat(batch.timestamp(row)).isGreaterThanOrEqualTo(last);
            last = batch.timestamp(row);
        }
        assertThat(last).isLessThan(Timeline.micros(END));
    }

    @Test
    void asManySessionsBeginAsWereAskedFor() {
        EventBatch batch = batch(3, 30_000, 2_500);

        Set<Object> sessions = new HashSet<>();
        for (int row = 0; row < batch.size(); row++) {
            sessions.add(batch.text(EventColumn.SESSION_ID, row));
        }
        // One in a hundred is unknown and has the empty text, one in two thousand null.
        assertThat(sessions.size()).isBetween(2_420, 2_500);
    }

    @Test
    void anAfternoonIsBusierThanANight() {
        EventBatch batch = batch(5, 50_000, 4_000);

        long[] byHour = new long[24];
        for (int row = 0; row < batch.size(); row++) {
            byHour[(int) Math.floorMod(batch.timestamp(row) / 3_600_000_000L, 24L)]++;
        }
        assertThat(byHour[14]).isGreaterThan(3 * byHour[3]);
    }

    @Test
    void usersWriteWhatBreaksPagesAndSpreadsheets() {
        EventBatch batch = batch(1, 200_000, 16_000);

        Set<String> texts = new HashSet<>();
        for (int row = 0; row < batch.size(); row++) {
            texts.add(batch.text(EventColumn.INTERACTION_TEXT, row).toStringUsingUTF8());
        }
        assertThat(texts).contains("<img src=x onerror=alert(1)>").anyMatch(text -> text.startsWith("=HYPERLINK("));
        assertThat(texts.stream()
                        .filter(text -> !text.chars().allMatch(c -> c < 128))
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThan(5);
    }

    private static EventBatch batch(long seed, int rows, long sessions) {
        EventBatch batch = new EventBatch(rows);
        new EventStream(seed, rows, sessions, FROM, END).fill(batch, rows);
        return batch;
    }

    private static List<String> rows(long seed, int rows, int atOnce) {
        EventStream events = new EventStream(seed, rows, rows / 10, FROM, END);
        EventBatch batch = new EventBatch(4096);
        List<String> all = new ArrayList<>();
        while (events.remaining() > 0) {
            events.fill(batch, atOnce);
            for (int row = 0; row < batch.size(); row++) {
                StringBuilder text = new StringBuilder()
                        .append(batch.timestamp(row))
                        .append('|')
                        .append(batch.value(row));
                for (EventColumn column : EventColumn.values()) {
                    text.append('|').append(batch.text(column, row));
                }
                all.add(text.toString());
            }
        }
        return all;
    }
}
