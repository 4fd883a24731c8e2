package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.ingest.log.Column;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RollUp.ValueCount;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.cube.Unlisted.Rest;
import io.tidemark.views.store.ViewState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bodies of the answers about a table, each made of one state. */
public final class PageJson {

    private PageJson() {}

    /** The whole page. */
    public static String page(Selected selected, ServedLimits limits) {
        ViewState state = selected.state();
        CubeSpec spec = state.spec();
        Shape shape = Shape.of(state);
        RollUp rollUp = rollUp(state, selected.filter(), limits);
        int characters = 4096 + HourlyText.CHARACTERS_AN_HOUR * rollUp.hourly().size();
        return Json.object(characters, json -> {
            writeHead(json, state);
            json.writeStringField("source", selected.source());
            new ViewsJson(spec, shape, ViewNames.all(spec)).writeWhole(json, selected.totals(rollUp), rollUp);
        });
    }

    /**
     * One view.
     *
     * @param name one that the table has
     * @param limit the largest groups to list, the rest summed as {@code other}; of hours, the newest; 0: as many as on the
     *     page, and {@code other} only if there is a rest
     */
    public static String view(Selected selected, String name, int limit, ServedLimits limits) {
        ViewState state = selected.state();
        CubeSpec spec = state.spec();
        RollUp rollUp = rollUp(state, selected.filter(), limit == 0 ? limits : limits.withGroups(limit));
        Totals totals = selected.totals(rollUp);
        Optional<Rest> rest = ViewNames.rest(spec, name, rollUp.unlisted());
        RollUp listed = new RollUp(
                rollUp.rows(),
                rollUp.noTime(),
                rollUp.hourly(),
                rollUp.dimensions(),
                rollUp.heatmap(),
                rollUp.values(),
                Unlisted.nothing(spec.dimensions().size()));
        return Json.object(json -> {
            writeHead(json, state);
            json.writeStringField("source", selected.source());
            new ViewsJson(spec, Shape.of(state), Set.of(name)).writeWhole(json, totals, listed);
            if (limit > 0 || rest.isPresent()) {
                json.writeNumberField(ViewNames.OTHER, rest.map(Rest::rows).orElse(0L));
            }
        });
    }

    /** The table's columns, which of them are dimensions, and the values that each dimension has now, the largest first. */
    public static String schema(ViewState state, ServedLimits limits) {
        CubeSpec spec = state.spec();
        Shape shape = Shape.of(state);
        RollUp rollUp = rollUp(state, Filter.ALL, limits);
        return Json.object(json -> {
            writeHead(json, state);
            json.writeArrayFieldStart("columns");
            for (Column column : state.metadata().columns()) {
                writeColumn(json, state, column);
            }
            json.writeEndArray();
            json.writeStringField(
                    "timeColumn", shape.hourly() ? spec.timeColumn().orElseThrow() : null);
            json.writeStringField(
                    "distinctColumn", shape.distinct() ? spec.distinctColumn().orElseThrow() : null);
            json.writeArrayFieldStart("dimensions");
            for (int i : shape.dimensions()) {
                writeDimension(
                        json,
                        spec.dimensions().get(i),
                        rollUp.dimensions().get(i),
                        rollUp.unlisted().dimensions().get(i));
            }
            json.writeEndArray();
        });
    }

    private static RollUp rollUp(ViewState state, Filter filter, ServedLimits limits) {
        return RollUp.of(state.spec(), state.cube(), state.combinations(), filter, limits);
    }

    private static void writeHead(JsonGenerator json, ViewState state) throws IOException {
        json.writeNumberField("version", state.version());
        json.writeStringField("epoch", state.epoch());
        json.writeStringField("committedAt", Json.time(state.committedAt()));
        // Of a past version that was counted anew, it is not known any more.
        json.writeStringField("appliedAt", state.appliedAt() == null ? null : Json.time(state.appliedAt()));
    }

    private static void writeColumn(JsonGenerator json, ViewState state, Column column) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.typeName());
        json.writeBooleanField("partition", state.metadata().isPartitionColumn(column));
        String dimension = null;
        for (Dimension candidate : state.spec().dimensions()) {
            if (candidate.column().equalsIgnoreCase(column.name())) {
                dimension = candidate.name();
            }
        }
        json.writeStringField("dimension", dimension);
        json.writeEndObject();
    }

    private static void writeDimension(
            JsonGenerator json, Dimension dimension, List<ValueCount> values, Optional<Rest> unlisted)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", dimension.name());
        json.writeStringField("column", dimension.column());
        json.writeArrayFieldStart("values");
        for (ValueCount value : values) {
            json.writeString(value.value());
        }
        json.writeEndArray();
        if (unlisted.isPresent()) {
            json.writeNumberField("valuesNotListed", unlisted.get().groups());
        }
        json.writeEndObject();
    }
}
