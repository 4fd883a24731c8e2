package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.NestedConverters.Parent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Finds a nested column of the table in a file's schema: what to ask the file for, and what takes its values.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#nested-types">Nested types</a>
 */
final class NestedBinding {
    private final NestedText text;
    private final boolean byFieldId;

    /** @param byFieldId true if fields of structs are found by Parquet field id */
    NestedBinding(NestedText text, boolean byFieldId) {
        this.text = text;
        this.byFieldId = byFieldId;
    }

    /** @param type the part of the file's type that is wanted, in the table's order */
    record Bound(Type type, Converter converter) {}

    /** @throws Malformed if the file's type is not the table's */
    Bound bind(Column column, Type file, Parent parent, int index) {
        return switch (column.type()) {
            case STRUCT -> struct(column, group(column, file), parent, index);
            case ARRAY -> array(column, group(column, file), parent, index);
            case MAP -> map(column, group(column, file), parent, index);
            default -> value(column, file, parent, index, false);
        };
    }

    private Bound value(Column column, Type file, Parent parent, int index, boolean isKey) {
        if (!file.isPrimitive()) {
            throw mismatch(column, file);
        }
        return new Bound(file, new NestedValue(text, parent, index, column, FileTypes.column(file), isKey));
    }

    private Bound struct(Column column, GroupType file, Parent parent, int index) {
        List<FileColumn> stored =
                file.getFields().stream().map(FileTypes::column).toList();
        List<Type> found = new ArrayList<>();
        List<Integer> fields = new ArrayList<>();
        for (int i = 0; i < column.children().size(); i++) {
            FileColumn field = ColumnBinding.locate(stored, column.children().get(i), byFieldId);
            if (field != null) {
                found.add(file.getType(indexOf(stored, field)));
                fields.add(i);
            }
        }
        if (found.isEmpty()) {
            return withoutFields(column, file, parent, index);
        }
        NestedConverters.Struct struct =
                new NestedConverters.Struct(text, parent, index, column.children(), toArray(fields));
        List<Type> wanted = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            int child = i;
            Column field = column.children().get(fields.get(i));
            Bound bound = part(field, () -> bind(field, single(found.get(child)), struct, child));
            struct.set(i, bound.converter());
            wanted.add(bound.type());
        }
        return new Bound(file.withNewFields(wanted), struct);
    }

    /** A struct none of whose fields the file has: whether it is null is known only by reading something of it. */
    private Bound withoutFields(Column column, GroupType file, Parent parent, int index) {
        NestedConverters.Struct struct =
                new NestedConverters.Struct(text, parent, index, column.children(), new int[1]);
        Type any = file.getType(0);
        struct.set(0, IgnoredConverter.of(any));
        return new Bound(file.withNewFields(any), struct);
    }

    private static int indexOf(List<FileColumn> columns, FileColumn wanted) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) == wanted) {
                return i;
            }
        }
        throw new IllegalStateException(wanted.name());
    }

    private static int[] toArray(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private Bound array(Column column, GroupType file, Parent parent, int index) {
        Type repeated = repeated(column, file);
        Column element = column.children().get(0);
        NestedConverters.Many many = new NestedConverters.Many(text, parent, index, false);
        if (isElement(repeated, file.getName())) {
            Bound bound = part(element, () -> bind(element, repeated, many, 0));
            many.set(0, bound.converter());
            return new Bound(file.withNewFields(bound.type()), many);
        }
        GroupType around = repeated.asGroupType();
        NestedConverters.Element one = new NestedConverters.Element(text, many);
        Bound bound = part(element, () -> bind(element, around.getType(0), one, 0));
        one.set(0, bound.converter());
        many.set(0, one);
        return new Bound(file.withNewFields(around.withNewFields(bound.type())), many);
    }

    /** The specification's rules for lists of two levels, which old writers made. */
    private static boolean isElement(Type repeated, String list) {
        if (repeated.isPrimitive()) {
            return true;
        }
        GroupType group = repeated.asGroupType();
        return group.getFieldCount() > 1
                || group.getType(0).isRepetition(Repetition.REPEATED)
                || group.getName().equals("array")
                || group.getName().equals(list + "_tuple");
    }

    private Bound map(Column column, GroupType file, Parent parent, int index) {
        Type repeated = repeated(column, file);
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() > 2) {
            throw mismatch(column, file);
        }
        GroupType entry = repeated.asGroupType();
        Column key = column.children().get(0);
        Column value = column.children().get(1);
        if (key.type().isNested()) {
            return entries(column, file, entry, parent, index);
        }
        NestedConverters.Many many = new NestedConverters.Many(text, parent, index, true);
        NestedConverters.Entry one = new NestedConverters.Entry(text, many, entry.getFieldCount());
        many.set(0, one);
        List<Type> wanted = new ArrayList<>();
        Bound bound = part(key, () -> value(key, single(entry.getType(0)), one, 0, true));
        one.set(0, bound.converter());
        wanted.add(bound.type());
        if (entry.getFieldCount() > 1) {
            bound = part(value, () -> bind(value, single(entry.getType(1)), one, 1));
            one.set(1, bound.converter());
            wanted.add(bound.type());
        }
        return new Bound(file.withNewFields(entry.withNewFields(wanted)), many);
    }

    /** A key that is nested is no name of a member: the map is a list of {@code {"key":…,"value":…}}. */
    private Bound entries(Column column, GroupType file, GroupType entry, Parent parent, int index) {
        NestedConverters.Many many = new NestedConverters.Many(text, parent, index, false);
        NestedConverters.Struct one = new NestedConverters.Struct(text, many, 0, column.children(), new int[] {0, 1});
        many.set(0, one);
        List<Type> wanted = new ArrayList<>();
        for (int i = 0; i < entry.getFieldCount(); i++) {
            int child = i;
            Column part = column.children().get(i);
            Bound bound = part(part, () -> bind(part, single(entry.getType(child)), one, child));
            one.set(i, bound.converter());
            wanted.add(bound.type());
        }
        return new Bound(file.withNewFields(entry.withNewFields(wanted)), many);
    }

    private static Bound part(Column column, Supplier<Bound> binding) {
        try {
            return binding.get();
        } catch (Malformed e) {
            throw new Malformed("has a part '" + column.name() + "' that " + e.getMessage());
        }
    }

    private static GroupType group(Column column, Type file) {
        if (file.isPrimitive()) {
            throw mismatch(column, file);
        }
        return file.asGroupType();
    }

    private static Type repeated(Column column, GroupType file) {
        if (file.getFieldCount() != 1 || !file.getType(0).isRepetition(Repetition.REPEATED)) {
            throw mismatch(column, file);
        }
        return file.getType(0);
    }

    /** Where a repeated field is no list's: null and empty would be the same. */
    private static Type single(Type file) {
        if (file.isRepetition(Repetition.REPEATED)) {
            throw new Malformed("is repeated in this file without a list around it, which is not supported");
        }
        return file;
    }

    private static Malformed mismatch(Column column, Type file) {
        String found = file.isPrimitive() ? FileTypes.column(file).describe() : "a group of another form";
        return new Malformed(
                "is " + found + " in this file, which cannot be read as the table's type " + column.typeName());
    }
}
