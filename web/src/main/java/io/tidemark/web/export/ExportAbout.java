package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a download is of.
 *
 * @param table its name
 * @param uri of the table, as users may see it
 * @param epoch of the version
 * @param filter as the parameters of a query; empty for all rows
 * @param exportedAt when it was begun
 */
public record ExportAbout(
        String table,
        String uri,
        long version,
        String epoch,
        Instant committedAt,
        String filter,
        Instant exportedAt,
        List<Column> columns) {
    public ExportAbout {
        columns = List.copyOf(columns);
    }

    /** As it is recorded within formats that have a place for it, by key. */
    Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("tidemark.table", table);
        entries.put("tidemark.uri", uri);
        entries.put("tidemark.version", Long.toString(version));
        entries.put("tidemark.epoch", epoch);
        entries.put("tidemark.committedAt", committedAt.toString());
        entries.put("tidemark.filter", filter);
        entries.put("tidemark.exportedAt", exportedAt.toString());
        return entries;
    }
}
