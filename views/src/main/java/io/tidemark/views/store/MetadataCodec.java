package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metadata as the log's own fields: what is made of them may differ from one Tidemark to the next. */
public final class MetadataCodec {
    private static final int FORMAT = 1;

    private MetadataCodec() {}

    /** {@link TableMetadata#parse}, or in its place. */
    public interface Parser {
        TableMetadata parse(
                String id, String schemaString, List<String> partitionColumns, Map<String, String> configuration);
    }

    public static byte[] encode(TableMetadata metadata) {
        ByteWriter out =
                new ByteWriter().writeByte(FORMAT).writeText(metadata.id()).writeText(metadata.schemaString());
        out.writeUnsigned(metadata.partitionColumns().size());
        metadata.partitionColumns().forEach(out::writeText);
        out.writeUnsigned(metadata.configuration().size());
        metadata.configuration().forEach((name, value) -> out.writeText(name).writeText(value));
        return out.toBytes();
    }

    /**
     * @throws IllegalArgumentException if these are not the bytes of metadata
     * @throws io.tidemark.ingest.log.TableException if the schema is none
     */
    public static TableMetadata decode(byte[] bytes, Parser parser) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        String id = in.readText();
        String schema = in.readText();
        List<String> partitionColumns = new ArrayList<>();
        for (int i = in.readLength(1); i > 0; i--) {
            partitionColumns.add(in.readText());
        }
        Map<String, String> configuration = new HashMap<>();
        for (int i = in.readLength(2); i > 0; i--) {
            configuration.put(in.readText(), in.readText());
        }
        in.readEnd();
        return parser.parse(id, schema, partitionColumns, configuration);
    }
}
