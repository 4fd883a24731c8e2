package io.tidemark.views.quality;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.store.ViewState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Columns of any use that came or went. One that was renamed is gone for whoever reads it by name. */
final class ColumnChanges {

    private ColumnChanges() {}

    /**
     * @param before the state before the step
     * @param changedAt version of the commit that changed the metadata; -1 if it is not known
     */
    static List<Finding> check(ViewState before, ViewState after, long changedAt, Instant now) {
        TableMetadata old = before.metadata();
        TableMetadata next = after.metadata();
        if (old.schemaString().equals(next.schemaString())) {
            return List.of();
        }
        Map<String, Column> known = byPhysicalName(old);
        Map<String, Column> there = byPhysicalName(next);
        List<String> appeared = new ArrayList<>();
        for (Column column : next.columns()) {
            if (!known.containsKey(key(column))) {
                appeared.add(Words.quoted(column.name()));
            }
        }
        List<String> vanished = new ArrayList<>();
        for (Column column : old.columns()) {
            Column today = there.get(key(column));
            if (today == null) {
                vanished.add(Words.quoted(column.name()));
            } else if (!today.name().equalsIgnoreCase(column.name())) {
                vanished.add(Words.quoted(column.name()) + " (now " + Words.quoted(today.name()) + ")");
            }
        }
        String where = changedAt >= 0
                ? "In version " + changedAt
                : "Between versions " + before.version() + " and " + after.version();
        long version = changedAt >= 0 ? changedAt : after.version();
        List<Finding> findings = new ArrayList<>();
        if (!appeared.isEmpty()) {
            findings.add(finding(FindingKind.COLUMNS_APPEARED, version, now, where, appeared, "appeared"));
        }
        if (!vanished.isEmpty()) {
            findings.add(finding(FindingKind.COLUMNS_VANISHED, version, now, where, vanished, "vanished"));
        }
        return findings;
    }

    private static Finding finding(
            FindingKind kind, long version, Instant now, String where, List<String> columns, String what) {
        String message =
                where + ", " + Words.many(columns.size(), "column") + " " + what + ": " + Words.list(columns) + ".";
        return Finding.now(kind, "", version, now, columns.size(), message);
    }

    private static Map<String, Column> byPhysicalName(TableMetadata metadata) {
        Map<String, Column> columns = new HashMap<>();
        metadata.columns().forEach(column -> columns.put(key(column), column));
        return columns;
    }

    private static String key(Column column) {
        return column.physicalName().toLowerCase(Locale.ROOT);
    }
}
