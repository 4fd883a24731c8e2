package io.tidemark.ingest.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Checkpoints as Spark writes them, row by row. */
final class CheckpointFile {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message spark_schema {
              optional group txn {
                optional binary appId (STRING);
                optional int64 version;
              }
              optional group add {
                optional binary path (STRING);
                optional group partitionValues (MAP) {
                  repeated group key_value {
                    required binary key (STRING);
                    optional binary value (STRING);
                  }
                }
                optional int64 size;
                optional int64 modificationTime;
                optional boolean dataChange;
                optional binary stats (STRING);
                optional group deletionVector {
                  optional binary storageType (STRING);
                  optional binary pathOrInlineDv (STRING);
                  optional int32 offset;
                  optional int32 sizeInBytes;
                  optional int64 cardinality;
                }
              }
              optional group remove {
                optional binary path (STRING);
                optional int64 deletionTimestamp;
                optional boolean dataChange;
              }
              optional group metaData {
                optional binary id (STRING);
                optional group format {
                  optional binary provider (STRING);
                }
                optional binary schemaString (STRING);
                optional group partitionColumns (LIST) {
                  repeated group list {
                    optional binary element (STRING);
                  }
                }
                optional group configuration (MAP) {
                  repeated group key_value {
                    required binary key (STRING);
                    optional binary value (STRING);
                  }
                }
                optional int64 createdTime;
              }
              optional group protocol {
                optional int32 minReaderVersion;
                optional int32 minWriterVersion;
                optional group readerFeatures (LIST) {
                  repeated group list {
                    optional binary element (STRING);
                  }
                }
                optional group writerFeatures (LIST) {
                  repeated group list {
                    optional binary element (STRING);
                  }
                }
              }
              optional group sidecar {
                optional binary path (STRING);
                optional int64 sizeInBytes;
                optional int64 modificationTime;
              }
              optional group checkpointMetadata {
                optional int64 version;
              }
            }
            """);

    private final List<Group> rows = new ArrayList<>();

    private Group action(String kind) {
        Group row = new SimpleGroup(SCHEMA);
        rows.add(row);
        return row.addGroup(kind);
    }

    /** Of reader version 3 if it names features. */
    CheckpointFile protocol(String... features) {
        Group protocol = action("protocol");
        protocol.append("minReaderVersion", features.length > 0 ? 3 : 1)
                .append("minWriterVersion", features.length > 0 ? 7 : 2);
        for (String list : features.length > 0 ? List.of("readerFeatures", "writerFeatures") : List.<String>of()) {
            Group names = protocol.addGroup(list);
            for (String feature : features) {
                names.addGroup("list").add("element", feature);
            }
        }
        return this;
    }

    /** A table of one column {@code x} and the partition column {@code p}. */
    CheckpointFile metadata(String id) {
        Group metadata = action("metaData");
        metadata.add("id", id);
        metadata.addGroup("format").add("provider", "parquet");
        metadata.add(
                "schemaString",
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"x\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}},"
                        + "{\"name\":\"p\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}");
        metadata.addGroup("partitionColumns").addGroup("list").add("element", "p");
        metadata.addGroup("configuration");
        metadata.add("createdTime", 1L);
        return this;
    }

    CheckpointFile add(String path, String partition, long size) {
        Group add = action("add");
        add.add("path", path);
        Group entry = add.addGroup("partitionValues").addGroup("key_value");
        entry.add("key", "p");
        if (partition != null) {
            entry.add("value", partition);
        }
        add.append("size", size).append("modificationTime", 1L).append("dataChange", true);
        add.add("stats", "{\"numRecords\":" + size + "}");
        return this;
    }

    CheckpointFile addWithVector(String path, String place) {
        add(path, "v", 10);
        Group vector = rows.get(rows.size() - 1).getGroup("add", 0).addGroup("deletionVector");
        vector.append("storageType", "u").append("pathOrInlineDv", place).append("offset", 1);
        vector.append("sizeInBytes", 36).append("cardinality", 2L);
        return this;
    }

    CheckpointFile remove(String path) {
        action("remove").append("path", path).append("deletionTimestamp", 1L).append("dataChange", true);
        return this;
    }

    CheckpointFile sidecar(String path, long size) {
        action("sidecar").append("path", path).append("sizeInBytes", size).append("modificationTime", 1L);
        return this;
    }

    CheckpointFile checkpointMetadata(long version) {
        action("checkpointMetadata").add("version", version);
        return this;
    }

    byte[] bytes(UnaryOperator<ExampleParquetWriter.Builder> options) throws IOException {
        Path file = Files.createTempFile("checkpoint", ".parquet");
        try {
            ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(new LocalOutputFile(file))
                    .withType(SCHEMA)
                    .withConf(new PlainParquetConfiguration())
                    .withWriteMode(Mode.OVERWRITE);
            try (ParquetWriter<Group> writer = options.apply(builder).build()) {
                for (Group row : rows) {
                    writer.write(row);
                }
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
