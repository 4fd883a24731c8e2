package io.tidemark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/** Checkpoints of every form, compacted logs, and the end of old commits. */
final class LogKeeping {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEPT = Set.of("add", "remove", "metaData", "protocol", "txn", "domainMetadata");

    private final SparkTable table;

    LogKeeping(SparkTable table) {
        this.table = table;
    }

    /** In one part or several, and for v2 with a JSON or a Parquet file on top. */
    void checkpoint() {
        table.spark.conf().set("spark.databricks.delta.checkpointV2.topLevelFileFormat", table.one("json", "parquet"));
        if (table.chance(0.5)) {
            table.spark.conf().set("spark.databricks.delta.checkpoint.partSize", table.one("10", "20", "50"));
        } else {
            table.spark.conf().unset("spark.databricks.delta.checkpoint.partSize");
        }
        DeltaLog log = table.log();
        log.checkpoint(log.update(false, Option.empty(), Option.empty()), Option.empty());
    }

    /**
     * Lets Spark expire the commits before a new checkpoint. It goes by days, so the files are given an old date first; those that it
     * keeps all the same (with in-commit timestamps it does not look at files' dates) go like under a bucket's lifecycle rule.
     */
    void cleanUp() throws IOException {
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(60)));
        long before = table.newestVersion();
        for (Path file : logFiles()) {
            if (version(file) >= 0 && version(file) < before) {
                Files.setLastModifiedTime(file, longAgo);
            }
        }
        checkpoint();
        DeltaLog log = table.log();
        Snapshot snapshot = log.update(false, Option.empty(), Option.empty());
        log.doLogCleanup(snapshot);
        for (Path file : logFiles()) {
            if (version(file) >= 0 && version(file) < snapshot.version()) {
                Files.delete(file);
            }
        }
        table.forget();
    }

    /**
     * Writes a compacted file of some last commits, which Spark 4.0 reads but does not write.
     *
     * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#log-compaction-files">Delta protocol</a>
     */
    void compact(long newest) throws IOException {
        long first = Math.max(table.oldestVersion(), newest - 1 - table.random.nextInt(8));
        if (first >= newest) {
            return;
        }
        Map<String, ObjectNode> newestOf = new LinkedHashMap<>();
        for (long version = first; version <= newest; version++) {
            for (String line : Files.readAllLines(table.logFolder().resolve("%020d.json".formatted(version)))) {
                ObjectNode action = (ObjectNode) JSON.readTree(line);
                String kind = action.fieldNames().next();
                if (KEPT.contains(kind)) {
                    String key = key(kind, action.get(kind));
                    newestOf.remove(key);
                    newestOf.put(key, action);
                }
            }
        }
        List<String> lines = newestOf.values().stream().map(JsonNode::toString).toList();
        Path file = table.logFolder().resolve("%020d.%020d.compacted.json".formatted(first, newest));
        Path temporary = table.root.resolveSibling("compacted.tmp");
        Files.write(temporary, lines);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String key(String kind, JsonNode action) {
        return switch (kind) {
            case "add", "remove" -> {
                JsonNode vector = action.path("deletionVector");
                yield "file " + action.get("path").textValue()
                        + (vector.isObject()
                                ? " " + vector.path("storageType") + vector.path("pathOrInlineDv") + "@"
                                        + vector.path("offset")
                                : "");
            }
            case "txn" -> "txn " + action.get("appId");
            case "domainMetadata" -> "domain " + action.get("domain");
            default -> kind;
        };
    }

    private List<Path> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(table.logFolder())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Version of a commit or checkpoint; the last one of a compacted file; -1 of anything else. */
    private static long version(Path file) {
        String[] parts = file.getFileName().toString().split("\\.");
        if (!parts[0].matches("\\d{20}")) {
            return -1;
        }
        return Long.parseLong(parts.length > 1 && parts[1].matches("\\d{20}") ? parts[1] : parts[0]);
    }
}
