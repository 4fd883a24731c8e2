package io.tidemark.web.doctor;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.contribution.CubeColumns;
import io.tidemark.views.cube.CubeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a table has the columns that are configured, by the rule that counting goes by. */
final class ColumnRules {
    private ColumnRules() {}

    static Line of(CubeSpec spec, TableMetadata table) {
        CubeColumns columns;
        try {
            columns = CubeColumns.of(spec, table);
        } catch (ColumnMismatchException e) {
            return Line.wrong(
                    "columns",
                    e.getMessage(),
                    "See --time-column, --dimensions and --distinct-column; has: " + names(table));
        }
        List<String> missing = new ArrayList<>();
        if (spec.timeColumn().isPresent() && columns.time().isEmpty()) {
            missing.add("time column '" + spec.timeColumn().get() + "'");
        }
        for (int d = 0; d < spec.dimensions().size(); d++) {
            if (columns.dimensions().get(d).isEmpty()) {
                missing.add("dimension column '" + spec.dimensions().get(d).column() + "'");
            }
        }
        if (spec.distinctColumn().isPresent() && columns.distinct().isEmpty()) {
            missing.add("distinct column '" + spec.distinctColumn().get() + "'");
        }
        if (!missing.isEmpty()) {
            return Line.warning(
                    "columns",
                    "the table lacks the " + String.join(", the ", missing) + ": left out of every answer",
                    "Set --time-column, --dimensions (name=column) and --distinct-column to what the table has: "
                            + names(table));
        }
        int used = columns.projection().values().size() + (columns.time().isPresent() ? 1 : 0);
        return Line.ok(
                "columns",
                "all " + used + " that are configured are there, of "
                        + table.columns().size());
    }

    private static String names(TableMetadata table) {
        return table.columns().stream().map(Column::name).limit(50).collect(Collectors.joining(", "));
    }
}
