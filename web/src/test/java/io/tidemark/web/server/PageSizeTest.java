package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.PageJson;
import io.tidemark.web.wire.Selected;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageSizeTest {
    private static final int TYPES = 1_000_000;

    @Test
    void aPageOfAMillionValuesIsSmallAndStillSumsUpToAllEvents() {
        FakeTable table = FakeTable.create();
        ViewState state = table.add(table.file(millionTypes()));

        String text = PageJson.page(Selected.ofCube(state, Filter.ALL), ServedLimits.DEFAULT);

        assertThat(text.length()).isLessThan(1 << 20);
        JsonObject page = new JsonObject(text);
        assertThat(page.getJsonObject("totals").getJsonObject("values").getInteger("type"))
                .isEqualTo(TYPES);
        for (String view : List.of("hourly", "channel", "type", "platform", "category", "heatmap")) {
            long listed = page.getJsonArray(view).stream()
                    .mapToLong(group -> ((JsonObject) group).getLong("count"))
                    .sum();
            assertThat(listed + page.getJsonObject("other").getLong(view, 0L))
                    .as(view)
                    .isEqualTo(page.getJsonObject("totals").getLong("events"));
        }
        JsonObject schema = new JsonObject(PageJson.schema(state, ServedLimits.DEFAULT));
        JsonObject type = schema.getJsonArray("dimensions").getJsonObject(1);
        assertThat(type.getJsonArray("values")).hasSize(1_000).contains("type " + (TYPES - 1));
        assertThat(type.getInteger("valuesNotListed")).isEqualTo(TYPES - 1_000);
        assertThat(new JsonObject(PageJson.view(Selected.ofCube(state, Filter.ALL), "type", 3, ServedLimits.DEFAULT))
                        .getJsonArray("type"))
                .hasSize(3);
    }

    /** One cell a type; the last ones have most rows. */
    private static FileCounts millionTypes() {
        String[] types = new String[TYPES + 1];
        IntStream.range(0, TYPES).forEach(i -> types[i + 1] = "type " + i);
        int[][] combinations = new int[TYPES][];
        Arrays.setAll(combinations, i -> new int[] {1, i + 1, 0, 0});
        long[] hours = new long[TYPES];
        Arrays.fill(hours, Rows.HOUR);
        long[] counts = LongStream.range(0, TYPES).map(i -> 1 + i / 1000).toArray();
        return new FileCounts(
                Arrays.stream(counts).sum(),
                List.of(new String[] {null, "web"}, types, new String[] {null}, new String[] {null}),
                combinations,
                hours,
                IntStream.range(0, TYPES).toArray(),
                counts,
                new long[0]);
    }
}
