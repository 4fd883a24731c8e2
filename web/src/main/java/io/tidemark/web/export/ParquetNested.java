package io.tidemark.web.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Structs, arrays and maps, from the JSON in which a scan gives them to groups as Delta writes them.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types">Nested types</a>
 */
final class ParquetNested implements ParquetForm {
    /** It is our own JSON, which is as large as a row may be. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final Part part;

    ParquetNested(Column column) {
        part = part(column, Repetition.OPTIONAL);
    }

    @Override
    public Type type() {
        return part.type();
    }

    @Override
    public void add(byte[] text, int at, int length, RecordConsumer to) {
        try (JsonParser json = JSON.createParser(text, at, length)) {
            json.nextToken();
            part.write(json, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Part {
        Type type();

        /** Writes the value that the parser is at, which is not null. */
        void write(JsonParser json, RecordConsumer to) throws IOException;

        /** Writes the value that the parser is at as a field, or nothing for null. */
        default void writeField(int index, JsonParser json, RecordConsumer to) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                to.startField(type().getName(), index);
                write(json, to);
                to.endField(type().getName(), index);
            }
        }
    }

    private static Part part(Column column, Repetition repetition) {
        return switch (column.type()) {
            case STRUCT -> new Struct(column, repetition);
            case ARRAY -> new Array(column, repetition);
            case MAP -> new Entries(column, repetition);
            default -> new Value(new ParquetValue(column, repetition), column.type() == ColumnType.BINARY);
        };
    }

    private record Value(ParquetValue value, boolean isBinary) implements Part {
        @Override
        public Type type() {
            return value.type();
        }

        @Override
        public void write(JsonParser json, RecordConsumer to) throws IOException {
            String text = json.getText();
            byte[] bytes = isBinary ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
            value.add(bytes, 0, bytes.length, to);
        }
    }

    /** {@code {"a":1,"b":null}}, with all fields, in their order. */
    private record Struct(GroupType type, List<Part> fields) implements Part {
        Struct(Column column, Repetition repetition) {
            this(column, repetition, parts(column.children()));
        }

        private Struct(Column column, Repetition repetition, List<Part> fields) {
            this(new GroupType(repetition, column.name(), types(fields)), fields);
        }

        private static List<Part> parts(List<Column> fields) {
            if (fields.isEmpty()) {
                throw new TableException(
                        "A struct without fields cannot be written as Parquet. Export as CSV or NDJSON.");
            }
            return fields.stream()
                    .map(field -> part(field, Repetition.OPTIONAL))
                    .toList();
        }

        private static List<Type> types(List<Part> parts) {
            return parts.stream().map(Part::type).toList();
        }

        @Override
        public void write(JsonParser json, RecordConsumer to) throws IOException {
            to.startGroup();
            for (int i = 0; json.nextToken() != JsonToken.END_OBJECT; i++) {
                json.nextToken();
                fields.get(i).writeField(i, json, to);
            }
            to.endGroup();
        }
    }

    /** {@code [1,null]}. */
    private record Array(GroupType type, Part element) implements Part {
        private static final String LIST = "list";

        Array(Column column, Repetition repetition) {
            this(column, repetition, part(column.children().get(0), Repetition.OPTIONAL));
        }

        private Array(Column column, Repetition repetition, Part element) {
            this(
                    Types.buildGroup(repetition)
                            .as(LogicalTypeAnnotation.listType())
                            .addField(new GroupType(Repetition.REPEATED, LIST, element.type()))
                            .named(column.name()),
                    element);
        }

        @Override
        public void write(JsonParser json, RecordConsumer to) throws IOException {
            to.startGroup();
            if (json.nextToken() != JsonToken.END_ARRAY) {
                to.startField(LIST, 0);
                do {
                    to.startGroup();
                    element.writeField(0, json, to);
                    to.endGroup();
                } while (json.nextToken() != JsonToken.END_ARRAY);
                to.endField(LIST, 0);
            }
            to.endGroup();
        }
    }

    /** {@code {"k":1}}; where keys are nested themselves, {@code [{"key":…,"value":1}]}. */
    private record Entries(GroupType type, Part key, Part value, boolean isObject) implements Part {
        private static final String ENTRY = "key_value";

        Entries(Column column, Repetition repetition) {
            this(
                    column,
                    repetition,
                    part(column.children().get(0), Repetition.REQUIRED),
                    part(column.children().get(1), Repetition.OPTIONAL));
        }

        private Entries(Column column, Repetition repetition, Part key, Part value) {
            this(
                    Types.buildGroup(repetition)
                            .as(LogicalTypeAnnotation.mapType())
                            .addField(new GroupType(Repetition.REPEATED, ENTRY, key.type(), value.type()))
                            .named(column.name()),
                    key,
                    value,
                    !column.children().get(0).type().isNested());
        }

        @Override
        public void write(JsonParser json, RecordConsumer to) throws IOException {
            to.startGroup();
            if (!json.nextToken().isStructEnd()) {
                to.startField(ENTRY, 0);
                do {
                    to.startGroup();
                    entry(json, to);
                    to.endGroup();
                } while (!json.nextToken().isStructEnd());
                to.endField(ENTRY, 0);
            }
            to.endGroup();
        }

        /** From the first token of an entry to its last. */
        private void entry(JsonParser json, RecordConsumer to) throws IOException {
            if (isObject) {
                key.writeField(0, json, to);
                json.nextToken();
                value.writeField(1, json, to);
                return;
            }
            json.nextToken();
            json.nextToken();
            key.writeField(0, json, to);
            json.nextToken();
            json.nextToken();
            value.writeField(1, json, to);
            json.nextToken();
        }
    }
}
