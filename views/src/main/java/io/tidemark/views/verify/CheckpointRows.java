package io.tidemark.views.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Rows of a Parquet checkpoint, as the same JSON that commits have. */
final class CheckpointRows {
    private static final Set<String> ACTIONS = Set.of("add", "metaData", "protocol", "sidecar");
    /** Parts of an action that a recount does not ask for, and that may be as wide as the table. */
    private static final Set<String> UNUSED =
            Set.of("stats", "stats_parsed", "partitionValues_parsed", "tags", "clusteringProvider");

    private CheckpointRows() {}

    static void read(InputFile file, Consumer<JsonNode> actions) throws IOException {
        try (ParquetReader<Group> rows = new Builder(file).build()) {
            for (Group row = rows.read(); row != null; row = rows.read()) {
                actions.accept(object(row));
            }
        }
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new Wanted();
        }
    }

    private static final class Wanted extends GroupReadSupport {
        @Override
        public ReadContext init(InitContext context) {
            List<Type> wanted = new ArrayList<>();
            for (Type action : context.getFileSchema().getFields()) {
                if (ACTIONS.contains(action.getName()) && !action.isPrimitive()) {
                    List<Type> fields = action.asGroupType().getFields().stream()
                            .filter(field -> !UNUSED.contains(field.getName()))
                            .toList();
                    wanted.add(action.asGroupType().withNewFields(fields));
                }
            }
            return new ReadContext(new MessageType("checkpoint", wanted));
        }
    }

    private static ObjectNode object(Group group) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        GroupType type = group.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            if (group.getFieldRepetitionCount(field) > 0) {
                object.set(type.getFieldName(field), value(group, field, 0));
            }
        }
        return object;
    }

    private static JsonNode value(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(group, field, index);
        }
        Group nested = group.getGroup(field, index);
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
            return map(nested);
        }
        return logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation ? list(nested) : object(nested);
    }

    private static JsonNode primitive(Group group, int field, int index) {
        return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(group.getBoolean(field, index));
            case INT32 -> JsonNodeFactory.instance.numberNode(group.getInteger(field, index));
            case INT64 -> JsonNodeFactory.instance.numberNode(group.getLong(field, index));
            case BINARY -> JsonNodeFactory.instance.textNode(group.getString(field, index));
            default -> NullNode.getInstance();
        };
    }

    private static ObjectNode map(Group entries) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < entries.getFieldRepetitionCount(0); i++) {
            Group entry = entries.getGroup(0, i);
            map.set(
                    entry.getString(0, 0),
                    entry.getFieldRepetitionCount(1) == 0 ? NullNode.getInstance() : value(entry, 1, 0));
        }
        return map;
    }

    /** Three levels, or two as older writers have it. */
    private static ArrayNode list(Group list) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        boolean flat = list.getType().getType(0).isPrimitive();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            if (flat) {
                array.add(value(list, 0, i));
            } else {
                Group element = list.getGroup(0, i);
                array.add(element.getFieldRepetitionCount(0) == 0 ? NullNode.getInstance() : value(element, 0, 0));
            }
        }
        return array;
    }
}
