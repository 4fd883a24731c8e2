package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;

/**
 * What parquet-java hands a record's values to, in the order of the schema that was asked for; it says nothing of what is null.
 * Each of these writes its part of the JSON.
 */
final class NestedConverters {
    private NestedConverters() {}

    /** A group that children are in: told before a child's text is written. */
    interface Parent {
        void child(int index);
    }

    private abstract static class Group extends GroupConverter {
        final NestedText text;
        private final Converter[] children;

        Group(NestedText text, int children) {
            this.text = text;
            this.children = new Converter[children];
        }

        final void set(int index, Converter child) {
            children[index] = child;
        }

        @Override
        public final Converter getConverter(int index) {
            return children[index];
        }
    }

    /** The row: each of its columns is a text of its own. */
    static final class Row extends Group implements Parent {
        private final List<NestedColumn> columns;
        private int current;
        private int row;

        Row(NestedText text, List<NestedColumn> columns) {
            super(text, columns.size());
            this.columns = columns;
        }

        /** @param number of the next row in its batch; -1 if it is not wanted */
        void next(int number) {
            row = number;
        }

        @Override
        public void start() {
            text.startRow(row >= 0);
            current = -1;
        }

        @Override
        public void child(int index) {
            keep();
            current = index;
        }

        @Override
        public void end() {
            keep();
        }

        private void keep() {
            if (current >= 0 && row >= 0) {
                columns.get(current).set(row, text);
            }
            text.clear();
        }
    }

    /** {@code {"a":1,"b":null}}: all fields of the table's type, whether the file has them or not. */
    static final class Struct extends Group implements Parent {
        private final Parent parent;
        private final int index;
        private final byte[][] names;

        /** Of each child the number of its field. */
        private final int[] fields;

        private int written;

        Struct(NestedText text, Parent parent, int index, List<Column> all, int[] fields) {
            super(text, fields.length);
            this.parent = parent;
            this.index = index;
            this.fields = fields;
            names = new byte[all.size()][];
            for (int i = 0; i < names.length; i++) {
                names[i] = text.memberName(all.get(i).name());
            }
        }

        @Override
        public void start() {
            parent.child(index);
            text.put('{');
            written = 0;
        }

        @Override
        public void child(int child) {
            nulls(fields[child]);
            name();
        }

        @Override
        public void end() {
            nulls(names.length);
            text.put('}');
        }

        private void nulls(int end) {
            while (written < end) {
                name();
                text.putNull();
            }
        }

        private void name() {
            if (written > 0) {
                text.put(',');
            }
            text.put(names[written++]);
        }
    }

    /** {@code [1,null]}, or the outside of {@code {"k":1}}; null is not the same as empty. */
    static final class Many extends Group implements Parent {
        private final Parent parent;
        private final int index;
        private final char open;
        private final char close;
        private boolean first;

        Many(NestedText text, Parent parent, int index, boolean isMap) {
            super(text, 1);
            this.parent = parent;
            this.index = index;
            open = isMap ? '{' : '[';
            close = isMap ? '}' : ']';
        }

        @Override
        public void start() {
            parent.child(index);
            text.put(open);
            first = true;
        }

        @Override
        public void child(int child) {
            text.step();
            if (!first) {
                text.put(',');
            }
            first = false;
        }

        @Override
        public void end() {
            text.put(close);
        }
    }

    /** The repeated group around an element: it is there where the element is null. */
    static final class Element extends Group implements Parent {
        private final Parent list;
        private boolean isNull;

        Element(NestedText text, Parent list) {
            super(text, 1);
            this.list = list;
        }

        @Override
        public void start() {
            list.child(0);
            isNull = true;
        }

        @Override
        public void child(int child) {
            isNull = false;
        }

        @Override
        public void end() {
            if (isNull) {
                text.putNull();
            }
        }
    }

    /** {@code "k":1}. */
    static final class Entry extends Group implements Parent {
        private final Parent map;
        private boolean hasKey;
        private boolean hasValue;

        /** @param children 1 where the file has keys only: all values are null */
        Entry(NestedText text, Parent map, int children) {
            super(text, children);
            this.map = map;
        }

        @Override
        public void start() {
            map.child(0);
            hasKey = false;
            hasValue = false;
        }

        @Override
        public void child(int child) {
            if (child == 0) {
                hasKey = true;
            } else {
                requireKey();
                hasValue = true;
                text.put(':');
            }
        }

        @Override
        public void end() {
            requireKey();
            if (!hasValue) {
                text.put(':');
                text.putNull();
            }
        }

        private void requireKey() {
            if (!hasKey) {
                throw new Malformed("has a map with a key that is null");
            }
        }
    }
}
