package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Rows of a scan as text, in the file's order, and short ways to describe what to scan. */
final class Scanned {
    private Scanned() {}

    /** {@code "name type"}, the type as a Delta schema writes it. */
    static Column column(String nameAndType) {
        int space = nameAndType.indexOf(' ');
        String name = nameAndType.substring(0, space);
        String type = nameAndType.substring(space + 1);
        ColumnType kind =
                type.startsWith("decimal") ? ColumnType.DECIMAL : ColumnType.valueOf(type.toUpperCase(Locale.ROOT));
        return new Column(name, name, OptionalInt.empty(), kind, type);
    }

    static Projection projection(String hour, String... values) {
        List<Optional<Column>> columns =
                Arrays.stream(values).map(v -> Optional.of(column(v))).toList();
        return new Projection(Optional.ofNullable(hour).map(Scanned::column), columns, Set.of(), false);
    }

    static DataFile file(Path path) {
        try {
            return new DataFile(
                    path.getFileName().toString(), Optional.empty(), Map.of(), Files.size(path), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> rows(Path path, Projection projection) {
        return rows(path, projection, ScanLimits.standard());
    }

    static List<String> rows(Path path, Projection projection, ScanLimits limits) {
        return rows(new ParquetScanner(new FolderFiles(path.getParent()), limits), file(path), projection);
    }

    /** Hour and values of each row, joined by {@code |}; null as {@code NULL}. */
    static List<String> rows(FileScanner scanner, DataFile file, Projection projection) {
        List<String> rows = new ArrayList<>();
        ScanResult result = scanner.scan(file, projection, batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                StringBuilder text = new StringBuilder(hour(batch.hours(), row));
                for (int i = 0; i < projection.values().size(); i++) {
                    text.append('|').append(value(batch.values(i), row));
                }
                rows.add(text.toString());
            }
        });
        if (result.rows() != rows.size()) {
            throw new AssertionError(result + ", but " + rows.size() + " rows came");
        }
        return rows;
    }

    private static String hour(HourVector hours, int row) {
        long hour = hours.isConstant() ? hours.constant() : hours.hours()[row];
        return hour == HourVector.NO_TIME ? "NULL" : Long.toString(hour);
    }

    private static String value(IdVector values, int row) {
        int id = values.isConstant() ? values.constant() : values.ids()[row];
        byte[] bytes = values.isConstant() ? null : values.byteIds();
        if (bytes != null && (bytes[row] & 0xff) != id) {
            throw new AssertionError("id " + id + " is " + (bytes[row] & 0xff) + " as a byte");
        }
        ValueDictionary dictionary = values.dictionary();
        if (id == IdVector.NULL) {
            return "NULL";
        }
        if (id < 0 || id >= dictionary.size()) {
            throw new AssertionError("id " + id + " in a dictionary of " + dictionary.size());
        }
        String text = dictionary.text(id);
        String same =
                new String(dictionary.bytes(), dictionary.offset(id), dictionary.length(id), StandardCharsets.UTF_8);
        if (!same.equals(text)) {
            throw new AssertionError(text + " is not " + same);
        }
        return text;
    }
}
