package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import java.util.List;
import java.util.Optional;

/**
 * Some rows of a table, newest first.
 *
 * @param version that they are rows of
 * @param epoch of the version
 * @param columns of the table, in its order
 * @param rows the values of each row as text, in the columns' order; null for null
 * @param next where the page after this one begins; empty if there is none
 */
public record EventPage(
        long version, String epoch, List<Column> columns, List<String[]> rows, Optional<EventKey> next) {
    public EventPage {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
