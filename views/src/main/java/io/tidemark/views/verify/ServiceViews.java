package io.tidemark.views.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.time.Instant;

/**
 * One answer of a running service's {@code GET api/v1/views}.
 *
 * @param version that the answer is true for
 */
record ServiceViews(long version, Cells cells) {
    /** @throws IOException if it does not answer, or not with views; the message is for the user */
    static ServiceViews fetch(RunningService service, CubeSpec spec) throws IOException {
        return of(service.get("api/v1/views"), spec);
    }

    static ServiceViews of(JsonNode page, CubeSpec spec) throws IOException {
        if (!page.path("version").isIntegralNumber() || !page.path(Cells.TOTALS).isObject()) {
            throw new IOException("The answer holds no version and totals: is this a Tidemark service?");
        }
        Cells cells = new Cells();
        JsonNode totals = page.path(Cells.TOTALS);
        cells.put(Cells.TOTALS, totals.path("events").longValue(), "events");
        cells.put(Cells.TOTALS, totals.path("noTime").longValue(), "noTime");
        if (totals.path("sessions").isIntegralNumber()) {
            cells.put(Cells.TOTALS, totals.path("sessions").longValue(), "sessions");
        }
        totals.path("values")
                .fields()
                .forEachRemaining(
                        value -> cells.put(Cells.TOTALS, value.getValue().longValue(), "values", value.getKey()));
        if (page.has(Cells.HOURLY)) {
            cells.view(Cells.HOURLY);
            // Parsed and printed again: an hour may be written in more than one way.
            page.get(Cells.HOURLY)
                    .forEach(hour -> cells.put(
                            Cells.HOURLY,
                            count(hour),
                            Instant.parse(hour.path("hour").asText()).toString()));
        }
        for (Dimension dimension : spec.dimensions()) {
            if (page.has(dimension.name())) {
                cells.view(dimension.name());
                page.get(dimension.name())
                        .forEach(value -> cells.put(dimension.name(), count(value), text(value.path("value"))));
            }
        }
        if (page.has(Cells.HEATMAP) && spec.dimensions().size() >= 2) {
            cells.view(Cells.HEATMAP);
            String first = spec.dimensions().get(0).name();
            String second = spec.dimensions().get(1).name();
            page.get(Cells.HEATMAP)
                    .forEach(pair ->
                            cells.put(Cells.HEATMAP, count(pair), text(pair.path(first)), text(pair.path(second))));
        }
        page.path("other")
                .fields()
                .forEachRemaining(
                        view -> cells.putUnlisted(view.getKey(), view.getValue().longValue()));
        return new ServiceViews(page.path("version").longValue(), cells);
    }

    private static long count(JsonNode entry) {
        return entry.path("count").longValue();
    }

    private static String text(JsonNode value) {
        return value.isNull() ? null : value.asText();
    }
}
