package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.quality.Finding;
import io.tidemark.views.store.ViewState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a status: the same fields on REST and on the socket. A version that is not there is -1. */
public final class StatusJson {

    private StatusJson() {}

    public static void write(JsonGenerator json, StatusReport report) throws IOException {
        Optional<ViewState> state = report.state();
        json.writeStringField("state", report.stateName());
        json.writeStringField("reason", report.tail().reason().orElse(null));
        strings(json, "warnings", report.warnings());
        table(json, report);
        json.writeStringField("epoch", state.map(ViewState::epoch).orElse(null));
        json.writeNumberField("version", state.map(ViewState::version).orElse(-1L));
        json.writeNumberField("logVersion", report.logVersion());
        json.writeNumberField("lag", report.lag());
        if (report.freshnessSeconds().isPresent()) {
            json.writeNumberField("freshnessSeconds", report.freshnessSeconds().get());
        } else {
            json.writeNullField("freshnessSeconds");
        }
        json.writeStringField(
                "committedAt", state.map(s -> Json.time(s.committedAt())).orElse(null));
        json.writeStringField(
                "appliedAt", state.map(s -> Json.time(s.appliedAt())).orElse(null));
        json.writeObjectFieldStart("progress");
        json.writeNumberField("files", report.progress().files());
        json.writeNumberField("filesDone", report.progress().filesDone());
        json.writeNumberField("rowsPerSecond", report.progress().rowsPerSecond());
        json.writeEndObject();
        json.writeStringField("engine", report.engine());
        json.writeNumberField("subscribers", report.subscribers());
        findings(json, report.findings());
        applied(json, report);
        memory(json, report);
        json.writeNumberField("uptimeSeconds", report.uptime().toSeconds());
    }

    private static void table(JsonGenerator json, StatusReport report) throws IOException {
        Optional<ViewState> state = report.state();
        json.writeObjectFieldStart("table");
        json.writeStringField("name", report.tableName());
        json.writeStringField("uri", report.uri());
        json.writeStringField("id", state.map(s -> s.metadata().id()).orElse(null));
        strings(
                json,
                "partitionColumns",
                state.map(s -> s.metadata().partitionColumns()).orElse(List.of()));
        json.writeNumberField("files", state.map(ViewState::files).orElse(0L));
        json.writeNumberField("bytes", state.map(ViewState::bytes).orElse(0L));
        json.writeNumberField("rows", report.rows());
        json.writeEndObject();
    }

    private static void findings(JsonGenerator json, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart("findings");
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("kind", finding.kind().title());
            json.writeStringField("severity", finding.kind().severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("subject", finding.subject().isEmpty() ? null : finding.subject());
            json.writeNumberField("since", finding.since());
            json.writeNumberField("version", finding.version());
            json.writeStringField("at", Json.time(finding.at()));
            json.writeNumberField("count", finding.count());
            json.writeStringField("message", finding.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void applied(JsonGenerator json, StatusReport report) throws IOException {
        json.writeObjectFieldStart("applied");
        json.writeNumberField("steps", report.activity().steps());
        json.writeNumberField("commits", report.activity().commits());
        json.writeNumberField("filesScanned", report.activity().files());
        json.writeNumberField("rowsScanned", report.activity().rows());
        json.writeEndObject();
        if (report.activity().lastError().isPresent()) {
            json.writeObjectFieldStart("lastError");
            json.writeStringField("message", report.activity().lastError().get());
            json.writeStringField(
                    "at", report.activity().lastErrorAt().map(Json::time).orElse(null));
            json.writeEndObject();
        } else {
            json.writeNullField("lastError");
        }
    }

    private static void memory(JsonGenerator json, StatusReport report) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        json.writeObjectFieldStart("memory");
        json.writeNumberField("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory());
        json.writeNumberField("heapMaxBytes", runtime.maxMemory());
        json.writeNumberField("storeBytes", report.storeBytes());
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
