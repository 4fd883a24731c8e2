package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.analysis.CohortQuery;
import io.tidemark.views.analysis.CohortTable;
import io.tidemark.views.analysis.FunnelQuery;
import io.tidemark.views.query.Analysed;
import io.tidemark.views.query.ScanProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The bodies of analyses. */
public final class AnalysesJson {

    private AnalysesJson() {}

    public static String funnel(FunnelQuery query, Analysed<List<Long>> funnel) {
        return Json.object(json -> {
            head(json, funnel);
            json.writeStringField("by", query.dimension());
            json.writeStringField(
                    "within", query.within().map(Duration::toString).orElse(null));
            json.writeArrayFieldStart("steps");
            for (int i = 0; i < query.steps().size(); i++) {
                json.writeStartObject();
                json.writeStringField("value", query.steps().get(i));
                json.writeNumberField("sessions", funnel.found().get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
            leftOut(json, "noSession", funnel);
        });
    }

    public static String cohorts(CohortQuery query, Analysed<CohortTable> cohorts) {
        CohortTable table = cohorts.found();
        return Json.object(json -> {
            head(json, cohorts);
            json.writeStringField("of", query.of());
            json.writeStringField("unit", query.unit().word());
            json.writeNumberField("ids", table.ids());
            json.writeArrayFieldStart("cohorts");
            for (int c = 0; c < table.counts().length; c++) {
                json.writeStartObject();
                json.writeStringField(
                        "first", table.unit().start(table.first() + c).toString());
                json.writeFieldName("counts");
                json.writeArray(table.counts()[c], 0, table.counts()[c].length);
                json.writeEndObject();
            }
            json.writeEndArray();
            leftOut(json, "noId", cohorts);
        });
    }

    /** How far a scan is. */
    public static String progress(ScanProgress progress) {
        return Json.object(json -> {
            json.writeNumberField("files", progress.files());
            json.writeNumberField("filesDone", progress.filesDone());
        });
    }

    private static void head(JsonGenerator json, Analysed<?> analysed) throws IOException {
        json.writeNumberField("version", analysed.version());
        json.writeStringField("epoch", analysed.epoch());
        json.writeStringField("committedAt", Json.time(analysed.committedAt()));
    }

    private static void leftOut(JsonGenerator json, String noId, Analysed<?> analysed) throws IOException {
        json.writeObjectFieldStart("leftOut");
        json.writeNumberField(noId, analysed.leftOut().noId());
        json.writeNumberField("noTime", analysed.leftOut().noTime());
        json.writeEndObject();
    }
}
