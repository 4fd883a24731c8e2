package io.tidemark.web.alerts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.web.wire.FilterJson;
import io.tidemark.web.wire.Json;
import java.io.IOException;
import java.time.Instant;

/** Writes alerts: the same fields on REST, on the live socket and to the webhook. */
final class AlertJson {
    private static final double EXACT = 1L << 53;

    private AlertJson() {}

    /** The fields of what the user wanted, and of what it says. */
    static void write(JsonGenerator json, Alert alert, AlertStatus status) throws IOException {
        definition(json, alert);
        json.writeStringField("state", Measure.nameOf(status.phase()));
        time(json, "since", status.since());
        version(json, "sinceVersion", status.version());
        Reading last = status.last();
        json.writeFieldName("value");
        if (last == null) {
            json.writeNull();
        } else if (last.word().isPresent()) {
            json.writeString(last.word().get());
        } else if (last.value().isPresent()) {
            number(json, last.value().getAsDouble());
        } else {
            json.writeNull();
        }
        version(json, "version", last == null ? -1 : last.version());
        json.writeStringField("epoch", last == null ? null : last.epoch());
        time(json, "at", last == null ? null : last.at());
        json.writeStringField("message", AlertWords.of(alert, status));
    }

    /** The fields of what the user wanted, such that {@link AlertReader} reads the same. */
    static void definition(JsonGenerator json, Alert alert) throws IOException {
        Measure measure = alert.measure();
        json.writeStringField("name", alert.name());
        json.writeStringField("kind", measure.kind());
        if (measure instanceof Measure.Value value) {
            json.writeStringField("of", Measure.nameOf(value.of()));
            json.writeFieldName("filter");
            FilterJson.write(json, value.filter());
            if (value.hours().isPresent()) {
                json.writeNumberField("hours", value.hours().getAsInt());
            }
        } else if (measure instanceof Measure.Change change) {
            json.writeFieldName("filter");
            FilterJson.write(json, change.filter());
            json.writeNumberField("hours", change.hours());
            json.writeStringField("unit", change.percent() ? "percent" : "events");
        } else if (measure instanceof Measure.Freshness fresh) {
            json.writeStringField("of", Measure.nameOf(fresh.of()));
        } else if (measure instanceof Measure.State state) {
            json.writeArrayFieldStart("states");
            for (String name :
                    state.states().stream().map(Measure::nameOf).sorted().toList()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        if (!(measure instanceof Measure.State)) {
            json.writeFieldName(alert.limit().above() ? "above" : "below");
            number(json, alert.limit().threshold());
            json.writeFieldName("clear");
            number(json, alert.limit().clear());
        }
        json.writeNumberField("forSeconds", alert.atLeast().toSeconds());
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    private static void version(JsonGenerator json, String field, long version) throws IOException {
        if (version < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, version);
        }
    }

    private static void time(JsonGenerator json, String field, Instant at) throws IOException {
        json.writeStringField(field, at == null ? null : Json.time(at));
    }
}
