package io.tidemark.views.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Takes the values of one column of a file into a {@link RowSink}; decodes each dictionary entry once. */
final class ColumnConverter extends PrimitiveConverter {
    private final boolean int96;
    private final boolean asText;
    private final long unitsPerHour;
    private final LongFunction<String> whole;
    private final Function<Binary, String> bytes;
    private final List<Consumer<String>> texts = new ArrayList<>();
    private final boolean distinct;
    private final RowSink sink;
    private final boolean time;
    private final boolean isLong;

    private String[] entries;
    private byte[][] entryBytes;
    private BitSet counted;
    private Dictionary dictionary;

    ColumnConverter(PrimitiveType type, RowConverter.Role role, RowSink sink) {
        PrimitiveTypeName physical = type.getPrimitiveTypeName();
        boolean number = physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64;
        this.isLong = physical == PrimitiveTypeName.INT64;
        this.sink = sink;
        this.time = role.time();
        this.distinct = role.distinct();
        this.asText = distinct || !role.dimensions().isEmpty();
        this.int96 = physical == PrimitiveTypeName.INT96;
        this.unitsPerHour = time && !int96 ? ValueText.unitsPerHour(type) : 0;
        this.whole = asText && number ? ValueText.ofWhole(type) : null;
        this.bytes = ValueText.ofBytes(type);
        if (asText && (int96 || physical == PrimitiveTypeName.FLOAT || physical == PrimitiveTypeName.DOUBLE)) {
            throw new IllegalArgumentException("is " + type + " and cannot be counted by value");
        }
        for (int dimension : role.dimensions()) {
            texts.add(value -> sink.value(dimension, value));
        }
    }

    @Override
    public boolean hasDictionarySupport() {
        return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
        this.dictionary = dictionary;
        int size = dictionary.getMaxId() + 1;
        entries = new String[size];
        entryBytes = new byte[size][];
        counted = new BitSet(size);
    }

    @Override
    public void addValueFromDictionary(int id) {
        if (time) {
            time(id);
        }
        if (!asText) {
            return;
        }
        if (entries[id] == null) {
            decode(id);
        }
        text(entries[id]);
        // Once an entry is enough, unless its first row may be a deleted one.
        if (distinct && !(counted.get(id) && sink.countsEveryRow())) {
            counted.set(id);
            sink.distinct(entryBytes[id]);
        }
    }

    private void time(int id) {
        if (int96) {
            sink.hour(ValueText.hourOfInt96(dictionary.decodeToBinary(id)));
        } else {
            sink.hour(Math.floorDiv(dictionary.decodeToLong(id), unitsPerHour));
        }
    }

    private void decode(int id) {
        if (whole == null) {
            Binary value = dictionary.decodeToBinary(id);
            entries[id] = bytes.apply(value);
            entryBytes[id] = value.getBytes();
        } else {
            long value = isLong ? dictionary.decodeToLong(id) : dictionary.decodeToInt(id);
            entries[id] = whole.apply(value);
            entryBytes[id] = entries[id].getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void addLong(long value) {
        if (time) {
            sink.hour(Math.floorDiv(value, unitsPerHour));
        }
        if (asText) {
            number(whole.apply(value));
        }
    }

    @Override
    public void addInt(int value) {
        number(whole.apply(value));
    }

    @Override
    public void addBoolean(boolean value) {
        number(Boolean.toString(value));
    }

    private void number(String text) {
        text(text);
        if (distinct) {
            sink.distinct(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void addBinary(Binary value) {
        if (time) {
            sink.hour(ValueText.hourOfInt96(value));
        }
        if (asText) {
            text(bytes.apply(value));
        }
        if (distinct) {
            sink.distinct(value.getBytes());
        }
    }

    private void text(String text) {
        for (Consumer<String> target : texts) {
            target.accept(text);
        }
    }
}
