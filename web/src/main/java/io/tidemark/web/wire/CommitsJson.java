package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.cube.ChangedGroups;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.store.CommitEntry;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.StateHistory;
import io.tidemark.views.store.StepEffect;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The body of an answer with the versions that were taken up lately. */
public final class CommitsJson {

    private CommitsJson() {}

    /** @param before only versions below this one */
    public static String of(StateHistory history, long before, int limit) {
        List<CommitEntry> all = history.commits().page(before, limit + 1);
        List<CommitEntry> page = all.subList(0, Math.min(limit, all.size()));
        boolean more = all.size() > page.size();
        Shape shape = Shape.of(history.state());
        return Json.object(json -> {
            json.writeNumberField("version", history.state().version());
            json.writeStringField("epoch", history.state().epoch());
            json.writeArrayFieldStart("commits");
            for (CommitEntry entry : page) {
                write(json, history.state().spec(), shape, entry);
            }
            json.writeEndArray();
            if (more) {
                json.writeNumberField("before", page.get(page.size() - 1).note().version());
            } else {
                json.writeNullField("before");
            }
        });
    }

    private static void write(JsonGenerator json, CubeSpec spec, Shape shape, CommitEntry entry) throws IOException {
        CommitNote note = entry.note();
        StepEffect step = entry.step();
        boolean alone = step.kind() == StepEffect.Kind.COMMIT;
        json.writeStartObject();
        json.writeNumberField("version", note.version());
        json.writeStringField("committedAt", Json.time(note.committedAt()));
        json.writeStringField("operation", note.operation().orElse(null));
        json.writeStringField("engine", note.engine().orElse(null));
        if (note.user().isPresent()) {
            json.writeStringField("user", note.user().get());
        }
        Optional<CommitNote.Actions> actions = note.actions();
        if (actions.isPresent()) {
            flow(json, "files", actions.get().filesAdded(), actions.get().filesRemoved());
            flow(json, "bytes", actions.get().bytesAdded(), alone ? step.bytesRemoved() : null);
        } else {
            json.writeNullField("files");
            json.writeNullField("bytes");
        }
        if (alone) {
            flow(json, "rows", step.rowsAdded(), step.rowsRemoved());
        } else {
            // What the other commits of the step did to the same rows is not known apart.
            json.writeNullField("rows");
        }
        step(json, spec, shape, step);
        json.writeEndObject();
    }

    private static void step(JsonGenerator json, CubeSpec spec, Shape shape, StepEffect step) throws IOException {
        json.writeObjectFieldStart("step");
        json.writeStringField("kind", step.kind().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("from", step.from());
        json.writeNumberField("to", step.to());
        json.writeStringField("appliedAt", Json.time(step.appliedAt()));
        flow(json, "files", step.filesAdded(), step.filesRemoved());
        flow(json, "bytes", step.bytesAdded(), step.bytesRemoved());
        flow(json, "rows", step.rowsAdded(), step.rowsRemoved());
        json.writeNumberField("events", step.events());
        if (shape.distinct()) {
            json.writeNumberField("sessions", step.distinct());
        }
        if (step.groups().isPresent()) {
            groups(json, spec, shape, step.groups().get());
        } else {
            json.writeNullField("groups");
        }
        json.writeEndObject();
    }

    private static void groups(JsonGenerator json, CubeSpec spec, Shape shape, ChangedGroups groups)
            throws IOException {
        json.writeObjectFieldStart("groups");
        if (shape.hourly()) {
            json.writeNumberField(ViewNames.HOURLY, groups.hours());
        }
        for (int i : shape.dimensions()) {
            json.writeNumberField(
                    spec.dimensions().get(i).name(), groups.values().get(i));
        }
        if (shape.heatmap()) {
            json.writeNumberField(ViewNames.HEATMAP, groups.pairs());
        }
        json.writeEndObject();
    }

    /** @param removed null: not known */
    private static void flow(JsonGenerator json, String field, long added, Long removed) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("added", added);
        if (removed == null) {
            json.writeNullField("removed");
        } else {
            json.writeNumberField("removed", removed);
        }
        json.writeEndObject();
    }
}
