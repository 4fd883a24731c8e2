package io.tidemark.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Columns that come, go, and become others. */
final class SchemaOperations {
    private final SparkTable table;
    private final Shapes shapes;
    private int added;

    SchemaOperations(SparkTable table, Shapes shapes) {
        this.table = table;
        this.shapes = shapes;
    }

    /** Those that Tidemark follows. */
    List<Operation> harmless() {
        return List.of(
                Operation.of("add a column", 4, this::add),
                new Operation(
                        "rename a column",
                        3,
                        s -> s.mapped() && spare(s).isPresent(),
                        s -> rename(spare(s).get(), fresh())),
                new Operation("drop a column", 3, s -> s.mapped() && spare(s).isPresent(), s -> drop(spare(s).get())),
                new Operation(
                        "widen a column",
                        5,
                        s -> s.on("delta.enableTypeWidening") && narrow(s).isPresent(),
                        s -> retype(
                                narrow(s).get(),
                                s.column(narrow(s).get()).get().dataType().equals(DataTypes.ShortType)
                                        ? "INT"
                                        : "BIGINT")));
    }

    /** Those at which it has to stop. */
    List<Operation> breaking() {
        return List.of(
                new Operation(
                        "rename a counted column",
                        2,
                        mappedWith(this::counted),
                        s -> rename(counted(s).get(), fresh())),
                new Operation(
                        "drop a counted column",
                        1,
                        mappedWith(this::counted),
                        s -> drop(counted(s).get())),
                new Operation("drop a counted column and add it anew", 1, mappedWith(this::counted), s -> {
                    String column = counted(s).get();
                    drop(column);
                    table.sql("ALTER TABLE " + table.name() + " ADD COLUMN (`" + column + "` " + shapes.typeOf(column)
                            + ")");
                }),
                new Operation(
                        "retype a counted column",
                        3,
                        s -> s.on("delta.enableTypeWidening") && wideNumber(s).isPresent(),
                        s -> retype(wideNumber(s).get(), "DECIMAL(30, 0)")));
    }

    private static Predicate<TableState> mappedWith(java.util.function.Function<TableState, Optional<String>> column) {
        return state -> state.mapped() && column.apply(state).isPresent();
    }

    private void add(TableState state) {
        List<String> missing =
                Cube.COLUMNS.stream().sorted().filter(c -> !state.has(c)).toList();
        String name = !missing.isEmpty() && table.chance(0.6) ? table.one(missing) : fresh();
        String type = missing.contains(name)
                ? shapes.typeOf(name)
                : table.one("STRING", "INT", "STRUCT<a: INT, b: STRING>", "ARRAY<INT>");
        String where =
                table.one("", " FIRST", " AFTER `" + table.one(state.schema().fieldNames()) + "`");
        table.sql("ALTER TABLE " + table.name() + " ADD COLUMNS (`" + name + "` " + type + where + ")");
    }

    void rename(String column, String name) {
        table.sql("ALTER TABLE " + table.name() + " RENAME COLUMN `" + column + "` TO `" + name + "`");
    }

    private void drop(String column) {
        table.sql("ALTER TABLE " + table.name() + " DROP COLUMN `" + column + "`");
    }

    private void retype(String column, String type) {
        table.sql("ALTER TABLE " + table.name() + " ALTER COLUMN `" + column + "` TYPE " + type);
    }

    private String fresh() {
        return "extra" + added++;
    }

    private static Optional<String> spare(TableState state) {
        return state.columnsOutsidePartitions().stream()
                .filter(name -> !Cube.COLUMNS.contains(name) && !name.startsWith("was_"))
                .findFirst();
    }

    private Optional<String> counted(TableState state) {
        return first(state, name -> true);
    }

    private Optional<String> narrow(TableState state) {
        return Arrays.stream(state.schema().fields())
                .filter(field -> isOne(field.dataType(), DataTypes.ShortType, DataTypes.IntegerType))
                .map(field -> field.name())
                .findFirst();
    }

    private Optional<String> wideNumber(TableState state) {
        return first(
                state,
                name -> isOne(
                        state.column(name).get().dataType(),
                        DataTypes.ShortType,
                        DataTypes.IntegerType,
                        DataTypes.LongType));
    }

    /** One that depends on the version, so that it is not always the same, and the same whenever it is asked for. */
    private static Optional<String> first(TableState state, Predicate<String> wanted) {
        List<String> columns = Cube.COLUMNS.stream()
                .sorted()
                .filter(state::has)
                .filter(name -> !state.partitions().contains(name))
                .filter(wanted)
                .toList();
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(columns.get((int) (state.version() % columns.size())));
    }

    private static boolean isOne(DataType type, DataType... of) {
        return Arrays.asList(of).contains(type);
    }
}
