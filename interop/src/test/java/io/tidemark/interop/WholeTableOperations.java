package io.tidemark.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** The table as a whole made anew. */
final class WholeTableOperations {
    /** Beyond, writing as many commits elsewhere takes too long. */
    private static final int MOST_VERSIONS = 20;

    private final SparkTable table;
    private final Shapes shapes;
    private final DataOperations data;

    WholeTableOperations(SparkTable table, Shapes shapes, DataOperations data) {
        this.table = table;
        this.shapes = shapes;
        this.data = data;
    }

    List<Operation> all() {
        return List.of(
                Operation.of("CREATE OR REPLACE", 3, state -> replace()),
                Operation.of("overwrite with another schema", 2, state -> overwriteSchema()),
                Operation.of("drop and recreate", 1, state -> recreate()),
                new Operation(
                        "drop and recreate with a higher version",
                        3,
                        state -> state.version() < MOST_VERSIONS,
                        this::recreateHigher));
    }

    void create() {
        table.sql("CREATE TABLE " + table.name() + shapes.definition());
        data.append(table.state());
    }

    /** By a name in the catalog: of a table that it knows by its path alone, Spark refuses to replace the schema. */
    private void replace() {
        String location = " LOCATION '" + table.root + "'";
        table.sql("DROP TABLE IF EXISTS replaced");
        table.sql("CREATE TABLE replaced USING delta" + location);
        table.sql("CREATE OR REPLACE TABLE replaced" + shapes.definition() + location);
    }

    private void overwriteSchema() {
        Map<String, String> columns = shapes.columns();
        String ddl = columns.entrySet().stream()
                .map(column -> "`" + column.getKey() + "` " + column.getValue())
                .collect(Collectors.joining(", "));
        var writer =
                data.writer(data.rows(StructType.fromDDL(ddl)), "overwrite").option("overwriteSchema", "true");
        List<String> partitions = table.chance(0.5) ? shapes.partitions(columns) : List.of();
        writer.partitionBy(partitions.toArray(new String[0])).save(table.root.toString());
    }

    private void recreate() throws IOException {
        delete(table.root);
        table.forget();
        create();
    }

    /** Made elsewhere and moved here, so that its versions go past the old ones at once. */
    private void recreateHigher(TableState state) throws IOException {
        Path elsewhere = table.root.resolveSibling("elsewhere");
        SparkTable next = new SparkTable(table.spark, elsewhere, table.random);
        Shapes nextShapes = new Shapes(next);
        DataOperations nextData = new DataOperations(next);
        new WholeTableOperations(next, nextShapes, nextData).create();
        while (next.newestVersion() <= state.version() + 1) {
            nextData.append(next.state());
        }
        delete(table.root);
        Files.move(elsewhere, table.root);
        table.forget();
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
