package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.ingest.log.Column;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RollUp.ValueCount;
import io.tidemark.views.store.ViewState;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The bodies of the answers about a table, each made of one state. */
public final class PageJson {

    private PageJson() {}

    /** The whole page. */
    public static String page(ViewState state, Filter filter) {
        CubeSpec spec = state.spec();
        Shape shape = Shape.of(state);
        RollUp rollUp = rollUp(state, filter);
        return Json.object(json -> {
            writeHead(json, state);
            json.writeStringField("source", "cube");
            new ViewsJson(spec, shape, ViewNames.all(spec)).writeWhole(json, Totals.of(state, filter, rollUp), rollUp);
        });
    }

    /**
     * One view.
     *
     * @param name one that the table has
     * @param limit the largest groups to list, the rest summed as {@code other}; of hours, the newest; 0: all, and no
     *     {@code other}
     */
    public static String view(ViewState state, Filter filter, String name, int limit) {
        CubeSpec spec = state.spec();
        RollUp rollUp = rollUp(state, filter);
        Totals totals = Totals.of(state, filter, rollUp);
        TopGroups top = limit == 0 ? new TopGroups(rollUp, 0) : TopGroups.of(rollUp, spec, name, limit);
        return Json.object(json -> {
            writeHead(json, state);
            json.writeStringField("source", "cube");
            new ViewsJson(spec, Shape.of(state), Set.of(name)).writeWhole(json, totals, top.groups());
            if (limit > 0) {
                json.writeNumberField("other", top.other());
            }
        });
    }

    /** The table's columns, which of them are dimensions, and the values that each dimension has now. */
    public static String schema(ViewState state) {
        CubeSpec spec = state.spec();
        Shape shape = Shape.of(state);
        RollUp rollUp = rollUp(state, Filter.ALL);
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
                        json, spec.dimensions().get(i), rollUp.dimensions().get(i));
            }
            json.writeEndArray();
        });
    }

    private static RollUp rollUp(ViewState state, Filter filter) {
        return RollUp.of(state.spec(), state.cube(), state.combinations(), filter);
    }

    private static void writeHead(JsonGenerator json, ViewState state) throws IOException {
        json.writeNumberField("version", state.version());
        json.writeStringField("epoch", state.epoch());
        json.writeStringField("committedAt", Json.time(state.committedAt()));
        json.writeStringField("appliedAt", Json.time(state.appliedAt()));
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

    private static void writeDimension(JsonGenerator json, Dimension dimension, List<ValueCount> values)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", dimension.name());
        json.writeStringField("column", dimension.column());
        json.writeArrayFieldStart("values");
        for (ValueCount value : values) {
            json.writeString(value.value());
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
