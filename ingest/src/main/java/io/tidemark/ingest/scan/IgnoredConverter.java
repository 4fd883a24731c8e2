package io.tidemark.ingest.scan;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.Type;

/**
 * Takes values that nobody wants: of a struct none of whose fields are wanted, one has to be read all the same, so that it is
 * known where the struct is null.
 */
final class IgnoredConverter extends GroupConverter {
    private final Converter[] children;

    private IgnoredConverter(Converter[] children) {
        this.children = children;
    }

    static Converter of(Type type) {
        return type.isPrimitive()
                ? new Value()
                : new IgnoredConverter(type.asGroupType().getFields().stream()
                        .map(IgnoredConverter::of)
                        .toArray(Converter[]::new));
    }

    @Override
    public Converter getConverter(int index) {
        return children[index];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}

    private static final class Value extends PrimitiveConverter {
        @Override
        public void addBoolean(boolean value) {}

        @Override
        public void addInt(int value) {}

        @Override
        public void addLong(long value) {}

        @Override
        public void addFloat(float value) {}

        @Override
        public void addDouble(double value) {}

        @Override
        public void addBinary(Binary value) {}
    }
}
