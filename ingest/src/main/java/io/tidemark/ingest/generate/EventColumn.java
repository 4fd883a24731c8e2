package io.tidemark.ingest.generate;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.delta.standalone.types.DataType;
import io.delta.standalone.types.DoubleType;
import io.delta.standalone.types.StringType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import io.delta.standalone.types.TimestampType;
import java.util.Arrays;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;

/** The columns of the events table, in order. All are nullable. */
public enum EventColumn {
    /** Microseconds, UTC. */
    TIMESTAMP(new TimestampType()),
    CHANNEL(new StringType()),
    PLATFORM(new StringType()),
    EVENT_TYPE(new StringType()),
    EVENT_CATEGORY(new StringType()),
    RESOURCE_ID(new StringType()),
    RESOURCE_TITLE(new StringType()),
    INTERACTION_TARGET(new StringType()),
    SESSION_ID(new StringType()),
    USER_ID(new StringType()),
    DEVICE_ID(new StringType()),
    USER_AGENT(new StringType()),
    CLIENT_VERSION(new StringType()),
    INTERACTION_VALUE(new DoubleType()),
    INTERACTION_TEXT(new StringType()),
    /** JSON text. */
    METADATA(new StringType());

    public static final int COUNT = values().length;

    private final DataType type;

    EventColumn(DataType type) {
        this.type = type;
    }

    /** Its name in the table, and in an event as JSON. */
    public String columnName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private PrimitiveType parquetType() {
        if (this == TIMESTAMP) {
            return Types.optional(INT64)
                    .as(timestampType(true, TimeUnit.MICROS))
                    .named(columnName());
        }
        return this == INTERACTION_VALUE
                ? Types.optional(DOUBLE).named(columnName())
                : Types.optional(BINARY).as(stringType()).named(columnName());
    }

    /** The schema of a data file. */
    static MessageType fileSchema() {
        return new MessageType(
                "events", Arrays.stream(values()).map(EventColumn::parquetType).toArray(PrimitiveType[]::new));
    }

    /** The schema of the table. */
    static StructType tableSchema() {
        return new StructType(Arrays.stream(values())
                .map(c -> new StructField(c.columnName(), c.type, true))
                .toArray(StructField[]::new));
    }
}
