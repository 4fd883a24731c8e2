package io.tidemark.ingest.scan;

import io.tidemark.ingest.scan.FileColumn.Meaning;
import io.tidemark.ingest.scan.FileColumn.Physical;
import io.tidemark.ingest.scan.FileColumn.Repetition;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Types of parquet-java as {@link SchemaReader} would have read them. */
final class FileTypes {
    private FileTypes() {}

    /** The leaf's number is not known, and 0. */
    static FileColumn column(Type type) {
        int id = type.getId() == null ? -1 : type.getId().intValue();
        Repetition repetition = Repetition.valueOf(type.getRepetition().name());
        if (!type.isPrimitive()) {
            return new FileColumn(type.getName(), -1, id, null, 0, repetition, Meaning.NONE, 0);
        }
        PrimitiveType primitive = type.asPrimitiveType();
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return new FileColumn(
                type.getName(),
                0,
                id,
                physical(primitive.getPrimitiveTypeName()),
                primitive.getTypeLength(),
                repetition,
                meaning(logical),
                logical instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : 0);
    }

    private static Physical physical(PrimitiveTypeName name) {
        return name == PrimitiveTypeName.BINARY ? Physical.BYTE_ARRAY : Physical.valueOf(name.name());
    }

    private static Meaning meaning(LogicalTypeAnnotation logical) {
        if (logical == null) {
            return Meaning.NONE;
        }
        if (logical instanceof IntLogicalTypeAnnotation integer) {
            return integer.isSigned() ? Meaning.NONE : Meaning.UNSIGNED;
        }
        if (logical instanceof TimestampLogicalTypeAnnotation time) {
            return Meaning.valueOf(time.getUnit().name());
        }
        if (logical instanceof DecimalLogicalTypeAnnotation) {
            return Meaning.DECIMAL;
        }
        if (logical instanceof DateLogicalTypeAnnotation) {
            return Meaning.DATE;
        }
        boolean text = logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation;
        return text ? Meaning.TEXT : Meaning.OTHER;
    }
}
