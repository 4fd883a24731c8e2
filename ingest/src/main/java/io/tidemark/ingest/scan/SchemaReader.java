package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import io.tidemark.ingest.scan.FileColumn.Meaning;
import io.tidemark.ingest.scan.FileColumn.Physical;
import io.tidemark.ingest.scan.FileColumn.Repetition;
import java.util.ArrayList;
import java.util.List;

/** Reads the top level of a file's schema: a flattened tree, of which the deeper levels are only counted. */
final class SchemaReader {
    private static final Physical[] TYPES = Physical.values();
    private static final Repetition[] REPETITIONS = Repetition.values();

    private final ThriftReader in;
    private String name;
    private int children;
    private int type;
    private int typeLength;
    private int repetition;
    private int fieldId;
    private int scale;
    private Meaning converted;
    private Meaning logical;

    SchemaReader(ThriftReader in) {
        this.in = in;
    }

    /** To be called at the schema's list. */
    List<FileColumn> read() {
        int elements = in.structs();
        if (elements == 0) {
            return List.of();
        }
        element();
        List<FileColumn> columns = new ArrayList<>(Math.min(children, elements));
        int leaf = 0;
        for (int left = elements - 1; left > 0; ) {
            element();
            left--;
            if (children == 0) {
                columns.add(column(leaf++));
                continue;
            }
            columns.add(column(-1));
            for (long inside = children; inside > 0 && left > 0; left--) {
                element();
                inside += children - 1L;
                leaf += children == 0 ? 1 : 0;
            }
        }
        return columns;
    }

    private FileColumn column(int leaf) {
        if (repetition < 0 || repetition >= REPETITIONS.length || (leaf >= 0 && (type < 0 || type >= TYPES.length))) {
            throw new Malformed("has a schema that is not Parquet's");
        }
        Meaning meaning = logical != Meaning.NONE ? logical : converted;
        return new FileColumn(
                name,
                leaf,
                fieldId,
                leaf < 0 ? null : TYPES[type],
                typeLength,
                REPETITIONS[repetition],
                meaning,
                scale);
    }

    private void element() {
        name = "";
        children = 0;
        type = -1;
        typeLength = 0;
        repetition = 0;
        fieldId = -1;
        scale = 0;
        converted = Meaning.NONE;
        logical = Meaning.NONE;
        in.element();
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = in.i32();
                case 2 -> typeLength = in.i32();
                case 3 -> repetition = in.i32();
                case 4 -> name = in.string();
                case 5 -> children = Math.max(0, in.i32());
                case 6 -> converted = convertedType(in.i32());
                case 7 -> scale = in.i32();
                case 9 -> fieldId = in.i32();
                case 10 -> logicalType();
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    private static Meaning convertedType(int id) {
        return switch (id) {
            case 0, 4, 19 -> Meaning.TEXT;
            case 5 -> Meaning.DECIMAL;
            case 6 -> Meaning.DATE;
            case 9 -> Meaning.MILLIS;
            case 10 -> Meaning.MICROS;
            case 11, 12, 13, 14 -> Meaning.UNSIGNED;
            case 15, 16, 17, 18 -> Meaning.NONE;
            default -> Meaning.OTHER;
        };
    }

    private void logicalType() {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1, 4, 12 -> skipAs(Meaning.TEXT);
                case 5 -> decimal();
                case 6 -> skipAs(Meaning.DATE);
                case 8 -> timestamp();
                case 10 -> integer();
                default -> skipAs(Meaning.OTHER);
            }
        }
        in.leave(outer);
    }

    private void skipAs(Meaning meaning) {
        logical = meaning;
        in.skipMarker();
    }

    private void decimal() {
        logical = Meaning.DECIMAL;
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 1) {
                scale = in.i32();
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void integer() {
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 2) {
                logical = in.bool() ? Meaning.NONE : Meaning.UNSIGNED;
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void timestamp() {
        logical = Meaning.OTHER;
        int outer = in.enter();
        while (in.next()) {
            if (in.field() == 2) {
                unit();
            } else {
                in.skip();
            }
        }
        in.leave(outer);
    }

    private void unit() {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> skipAs(Meaning.MILLIS);
                case 2 -> skipAs(Meaning.MICROS);
                case 3 -> skipAs(Meaning.NANOS);
                default -> skipAs(Meaning.OTHER);
            }
        }
        in.leave(outer);
    }
}
