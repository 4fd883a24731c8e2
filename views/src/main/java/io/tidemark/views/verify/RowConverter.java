package io.tidemark.views.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** Takes the values of each row from parquet-java's record reader into a {@link RowSink}. */
final class RowConverter extends GroupConverter {
    private final RowSink sink;
    private final Converter[] converters;

    /** @param roles what becomes of each column of {@code schema} */
    RowConverter(MessageType schema, List<Role> roles, RowSink sink) {
        this.sink = sink;
        converters = new Converter[roles.size()];
        for (int i = 0; i < converters.length; i++) {
            PrimitiveType type = schema.getType(i).asPrimitiveType();
            try {
                converters[i] = new ColumnConverter(type, roles.get(i), sink);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Column '" + type.getName() + "' " + e.getMessage() + ".", e);
            }
        }
    }

    /**
     * What one column of a file is for; a column may have several uses.
     *
     * @param time it gives the hour
     * @param dimensions numbers of the dimensions that it gives
     * @param distinct its distinct values are counted
     */
    record Role(boolean time, List<Integer> dimensions, boolean distinct) {
        Role asTime() {
            return new Role(true, dimensions, distinct);
        }

        Role withDimension(int dimension) {
            List<Integer> all = new ArrayList<>(dimensions);
            all.add(dimension);
            return new Role(time, all, distinct);
        }

        Role asDistinct() {
            return new Role(time, dimensions, true);
        }
    }

    @Override
    public Converter getConverter(int field) {
        return converters[field];
    }

    @Override
    public void start() {
        sink.begin();
    }

    @Override
    public void end() {
        sink.end();
    }
}
