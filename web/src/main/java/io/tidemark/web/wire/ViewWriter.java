package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.RollUp.HourCount;
import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes single views as JSON fields: the same form in pages, snapshots and updates. */
public final class ViewWriter {
    private final CubeSpec spec;
    private final Shape shape;
    private final JsonGenerator json;

    public ViewWriter(CubeSpec spec, Shape shape, JsonGenerator json) {
        this.spec = spec;
        this.shape = shape;
        this.json = json;
    }

    public void totals(Totals totals) throws IOException {
        json.writeObjectFieldStart(ViewNames.TOTALS);
        json.writeNumberField("events", totals.events());
        json.writeNumberField("noTime", totals.noTime());
        if (shape.distinct()) {
            json.writeFieldName("sessions");
            if (totals.sessions().isPresent()) {
                json.writeNumber(totals.sessions().getAsLong());
            } else {
                json.writeNull();
            }
        }
        json.writeObjectFieldStart("values");
        for (int i : shape.dimensions()) {
            json.writeNumberField(
                    spec.dimensions().get(i).name(), totals.values().get(i));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    public void hourly(List<HourCount> hours) throws IOException {
        json.writeFieldName(ViewNames.HOURLY);
        HourlyText.array(hours, json);
    }

    public void dimension(Dimension dimension, List<ValueCount> values) throws IOException {
        json.writeArrayFieldStart(dimension.name());
        for (ValueCount value : values) {
            json.writeStartObject();
            json.writeStringField("value", value.value());
            json.writeNumberField("count", value.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** @param rows by view, of the groups that are not listed */
    public void other(Map<String, Long> rows) throws IOException {
        json.writeObjectFieldStart(ViewNames.OTHER);
        for (Map.Entry<String, Long> view : rows.entrySet()) {
            json.writeNumberField(view.getKey(), view.getValue());
        }
        json.writeEndObject();
    }

    public void heatmap(List<PairCount> pairs) throws IOException {
        String first = spec.dimensions().get(0).name();
        String second = spec.dimensions().get(1).name();
        json.writeArrayFieldStart(ViewNames.HEATMAP);
        for (PairCount pair : pairs) {
            json.writeStartObject();
            json.writeStringField(first, pair.first());
            json.writeStringField(second, pair.second());
            json.writeNumberField("count", pair.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
