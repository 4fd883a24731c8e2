package io.tidemark.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A checkpoint in one part, with the row groups and pages of Spark's writer: how big they are is what reading one costs. */
final class CheckpointWriter implements AutoCloseable {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message checkpoint {
              optional group protocol {
                optional int32 minReaderVersion;
                optional int32 minWriterVersion;
              }
              optional group metaData {
                optional binary id (UTF8);
                optional group format {
                  optional binary provider (UTF8);
                }
                optional binary schemaString (UTF8);
                optional group partitionColumns (LIST) {
                  repeated group list {
                    optional binary element (UTF8);
                  }
                }
                optional group configuration (MAP) {
                  repeated group key_value {
                    required binary key (UTF8);
                    optional binary value (UTF8);
                  }
                }
                optional int64 createdTime;
              }
              optional group add {
                optional binary path (UTF8);
                optional group partitionValues (MAP) {
                  repeated group key_value {
                    required binary key (UTF8);
                    optional binary value (UTF8);
                  }
                }
                optional int64 size;
                optional int64 modificationTime;
                optional boolean dataChange;
                optional binary stats (UTF8);
              }
            }
            """);

    private final ParquetWriter<Group> writer;

    CheckpointWriter(Path file) throws IOException {
        writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build();
    }

    void protocolAndMetadata(String id, String schema) throws IOException {
        Group protocol = new SimpleGroup(SCHEMA);
        protocol.addGroup("protocol").append("minReaderVersion", 1).append("minWriterVersion", 2);
        writer.write(protocol);
        Group row = new SimpleGroup(SCHEMA);
        Group metadata = row.addGroup("metaData").append("id", id);
        metadata.addGroup("format").append("provider", "parquet");
        metadata.append("schemaString", schema);
        metadata.addGroup("partitionColumns");
        metadata.addGroup("configuration");
        metadata.append("createdTime", 0L);
        writer.write(row);
    }

    void add(String path, long size, String stats) throws IOException {
        Group row = new SimpleGroup(SCHEMA);
        Group add = row.addGroup("add").append("path", path);
        add.addGroup("partitionValues");
        add.append("size", size)
                .append("modificationTime", 0L)
                .append("dataChange", false)
                .append("stats", stats);
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
