package io.tidemark.interop;

import java.util.List;

/** Table features that come on and go off. */
final class PropertyOperations {
    private final SparkTable table;

    PropertyOperations(SparkTable table) {
        this.table = table;
    }

    List<Operation> all() {
        return List.of(
                toggle("deletion vectors on or off", 4, "delta.enableDeletionVectors"),
                toggle("change data feed on or off", 2, "delta.enableChangeDataFeed"),
                toggle("row tracking on or off", 2, "delta.enableRowTracking"),
                toggle("in-commit timestamps on or off", 2, "delta.enableInCommitTimestamps"),
                toggle("type widening on or off", 2, "delta.enableTypeWidening"),
                Operation.of(
                        "checkpoint policy", 2, state -> set("delta.checkpointPolicy", table.one("classic", "v2"))),
                Operation.of("checkpoint interval", 1, s -> set("delta.checkpointInterval", table.one("2", "5", "11"))),
                new Operation(
                        "column mapping on",
                        3,
                        state -> !state.mapped(),
                        state -> set("delta.columnMapping.mode", "name")),
                new Operation(
                        "cluster by",
                        3,
                        state -> state.partitions().isEmpty() && state.clustered(),
                        state -> table.sql("ALTER TABLE " + table.name() + " CLUSTER BY "
                                + table.one("NONE", "(" + Shapes.quoted(table.some(clusters(state), 2)) + ")"))));
    }

    private static List<String> clusters(TableState state) {
        List<String> able = Cube.COLUMNS.stream().sorted().filter(state::has).toList();
        return able.isEmpty() ? List.of(state.schema().fieldNames()) : able;
    }

    private Operation toggle(String name, int weight, String property) {
        return Operation.of(name, weight, state -> set(property, String.valueOf(!state.on(property))));
    }

    private void set(String property, String value) {
        table.sql("ALTER TABLE " + table.name() + " SET TBLPROPERTIES ('" + property + "' = '" + value + "')");
    }
}
