package io.tidemark.web.doctor;

import io.tidemark.web.wire.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * All that was looked at, in that order.
 *
 * @param lines unmodifiable
 */
public record Report(List<Line> lines) {
    public Report {
        lines = List.copyOf(lines);
    }

    /** The worst of all lines. */
    public Verdict verdict() {
        return lines.stream().map(Line::verdict).max(Comparator.naturalOrder()).orElse(Verdict.OK);
    }

    /** For people: a line for each, one more for what to do, and a last one that sums up. */
    public List<String> text() {
        List<String> text = new ArrayList<>();
        for (Line line : lines) {
            text.add(String.format(Locale.ROOT, "%-8s %-12s %s", line.verdict().title(), line.subject(), line.found()));
            if (!line.remedy().isEmpty()) {
                text.add(String.format(Locale.ROOT, "%-8s %-12s → %s", "", "", line.remedy()));
            }
        }
        long wrong = count(Verdict.WRONG);
        long warnings = count(Verdict.WARNING);
        text.add("");
        text.add(wrong + " wrong, " + warnings + (warnings == 1 ? " warning, " : " warnings, ") + count(Verdict.OK)
                + " ok");
        return text;
    }

    private long count(Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }

    /** For programs. */
    public String json() {
        return Json.object(json -> {
            json.writeStringField("verdict", verdict().title());
            json.writeArrayFieldStart("checks");
            for (Line line : lines) {
                json.writeStartObject();
                json.writeStringField("verdict", line.verdict().title());
                json.writeStringField("subject", line.subject());
                json.writeStringField("found", line.found());
                json.writeStringField("remedy", line.remedy().isEmpty() ? null : line.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
