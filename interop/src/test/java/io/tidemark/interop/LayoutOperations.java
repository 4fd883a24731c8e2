package io.tidemark.interop;

import java.util.List;

/** What changes files and leaves the rows: compaction, vacuum, checkpoints, RESTORE. */
final class LayoutOperations {
    private static final int BACK = 12;

    private final SparkTable table;
    private final LogKeeping keeping;
    private long vacuumed = -1;

    LayoutOperations(SparkTable table) {
        this.table = table;
        this.keeping = new LogKeeping(table);
    }

    List<Operation> all() {
        return List.of(
                Operation.of("OPTIMIZE", 5, s -> table.sql("OPTIMIZE " + table.name())),
                new Operation("Z-ORDER", 4, s -> !s.clustered(), this::zOrder),
                new Operation("purge", 3, s -> s.on("delta.enableDeletionVectors"), this::purge),
                Operation.of("VACUUM", 3, s -> table.sql("VACUUM " + table.name() + " RETAIN 0 HOURS")),
                Operation.of("checkpoint", 3, s -> keeping.checkpoint()),
                Operation.of("log compaction", 3, s -> keeping.compact(s.version())),
                Operation.of("log cleanup", 1, s -> keeping.cleanUp()),
                new Operation("RESTORE", 6, s -> s.version() > 1, this::restore));
    }

    private void zOrder(TableState state) {
        List<String> able = state.columnsOutsidePartitions().stream()
                .filter(name -> Values.isAtomic(state.column(name).orElseThrow().dataType()))
                .toList();
        if (!able.isEmpty()) {
            table.sql("OPTIMIZE " + table.name() + " ZORDER BY (" + Shapes.quoted(table.some(able, 2)) + ")");
        }
    }

    private void purge(TableState state) {
        table.sql("REORG TABLE " + table.name() + " APPLY (PURGE)");
    }

    private void restore(TableState state) {
        long oldest = Math.max(Math.max(table.oldestVersion(), vacuumed), state.version() - BACK);
        long version = oldest + table.random.nextInt((int) Math.max(1, state.version() - oldest));
        restoreTo(version);
    }

    /** Says that versions before this one have lost files. */
    void vacuumed(long version) {
        vacuumed = version;
    }

    void restoreTo(long version) {
        table.sql("RESTORE TABLE " + table.name() + " TO VERSION AS OF " + version);
    }
}
