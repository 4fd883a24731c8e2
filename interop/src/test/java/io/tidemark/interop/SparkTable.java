package io.tidemark.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** The table as Spark has it, and the run's chance. */
final class SparkTable {
    private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

    final SparkSession spark;
    final Path root;
    final Random random;

    SparkTable(SparkSession spark, Path root, Random random) {
        this.spark = spark;
        this.root = root;
        this.random = random;
    }

    static SparkSession session(Path warehouse) {
        return SparkSession.builder()
                .master("local[1]")
                .appName("tidemark-interop")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", warehouse.toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", false)
                // A commit has some dozen rows: what helps with many costs time here.
                .config("spark.sql.shuffle.partitions", 1)
                .config("spark.sql.adaptive.enabled", false)
                .config("spark.sql.codegen.wholeStage", false)
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .config("spark.databricks.delta.snapshotPartitions", 1)
                .config("spark.databricks.delta.history.metricsEnabled", false)
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 1)
                .config("spark.databricks.delta.retentionDurationCheck.enabled", false)
                .config("spark.databricks.delta.optimize.zorder.checkStatsCollection.enabled", false)
                .getOrCreate();
    }

    /** As SQL names it. */
    String name() {
        return "delta.`" + root + "`";
    }

    Dataset<Row> sql(String statement) {
        return spark.sql(statement);
    }

    DeltaLog log() {
        return DeltaLog.forTable(spark, root.toString());
    }

    /** Forgets what Spark knows of the table: it was changed behind its back. */
    void forget() {
        DeltaLog.clearCache();
    }

    Path logFolder() {
        return root.resolve("_delta_log");
    }

    /** Newest commit in the folder; -1 if there is none. */
    long newestVersion() {
        return versions().mapToLong(Long::longValue).max().orElse(-1);
    }

    /** Oldest commit in the folder. */
    long oldestVersion() {
        return versions().mapToLong(Long::longValue).min().orElse(-1);
    }

    private Stream<Long> versions() {
        if (!Files.isDirectory(logFolder())) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(logFolder())) {
            List<Long> found = files.map(file -> file.getFileName().toString())
                    .filter(file -> COMMIT.matcher(file).matches())
                    .map(file -> Long.parseLong(file.substring(0, 20)))
                    .toList();
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it is now. */
    TableState state() {
        return state(log().update(false, Option.empty(), Option.empty()));
    }

    TableState stateAt(long version) {
        return state(log().getSnapshotAt(version, Option.empty(), Option.empty()));
    }

    /** True if Spark can still read a past version of the same table. */
    boolean has(TableState past) {
        try {
            return stateAt(past.version()).id().equals(past.id());
        } catch (Exception e) {
            // Among others a checked exception, which Scala does not declare.
            return false;
        }
    }

    private static TableState state(Snapshot snapshot) {
        return new TableState(
                snapshot.metadata().id(),
                snapshot.version(),
                snapshot.schema(),
                CollectionConverters.asJava(snapshot.metadata().partitionColumns()),
                CollectionConverters.asJava(snapshot.metadata().configuration()),
                CollectionConverters.asJava(snapshot.protocol().readerAndWriterFeatureNames()));
    }

    /** Logical files of a version: path and deletion vector. */
    Set<String> liveFiles(long version) {
        Set<String> files = new HashSet<>();
        for (AddFile file : log().getSnapshotAt(version, Option.empty(), Option.empty())
                .allFiles()
                .collectAsList()) {
            files.add(file.path() + " " + file.getDeletionVectorUniqueId());
        }
        return files;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    /** Some of them, in random order; at least one where there is one. */
    <T> List<T> some(List<T> of, int most) {
        List<T> shuffled = new java.util.ArrayList<>(of);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(shuffled.size(), 1 + random.nextInt(most)));
    }

    /** A condition that some rows meet. */
    String someRows(StructType schema) {
        return someRows(schema, "");
    }

    /** @param alias of the table in the statement, with a point; or nothing */
    String someRows(StructType schema, String alias) {
        List<String> columns = Arrays.stream(schema.fields())
                .filter(field -> Values.isAtomic(field.dataType()))
                .map(field -> alias + "`" + field.name() + "`")
                .collect(Collectors.toList());
        int modulus = one(2, 3, 5, 10);
        return "pmod(hash(" + String.join(", ", some(columns, 2)) + ", " + random.nextInt(1000) + "), " + modulus
                + ") = " + random.nextInt(modulus);
    }
}
