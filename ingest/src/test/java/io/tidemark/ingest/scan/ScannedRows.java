package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Rows of a row scan as text, and short ways to describe what to scan. */
final class ScannedRows {
    private ScannedRows() {}

    /** @param time and columns as {@code "name type"} */
    static RowProjection projection(String time, String... columns) {
        List<Column> wanted = Arrays.stream(columns).map(Scanned::column).toList();
        return new RowProjection(wanted, Optional.ofNullable(time).map(Scanned::column), Set.of(), false);
    }

    /** @param accepted null stands for null */
    static RowFilter.Condition condition(String column, String... accepted) {
        List<String> texts =
                Arrays.stream(accepted).filter(text -> text != null).distinct().toList();
        return new RowFilter.Condition(
                Optional.of(Scanned.column(column)),
                Set.copyOf(texts),
                texts.size() < Arrays.stream(accepted).distinct().count());
    }

    static RowFilter filter(OptionalLong from, OptionalLong to, RowFilter.Condition... conditions) {
        return new RowFilter(from.orElse(RowFilter.OPEN_FROM), to.orElse(RowFilter.OPEN_TO), List.of(conditions));
    }

    static RowFilter filter(RowFilter.Condition... conditions) {
        return filter(OptionalLong.empty(), OptionalLong.empty(), conditions);
    }

    static List<String> rows(Path path, RowProjection projection, RowFilter filter, ScanLimits limits) {
        return rows(scanner(path, limits), Scanned.file(path), projection, filter);
    }

    static RowScanner scanner(Path path, ScanLimits limits) {
        return new ParquetRowScanner(new FolderFiles(path.getParent()), limits);
    }

    /** Position, microseconds and values of each row, joined by {@code |}; null as {@code NULL}. */
    static List<String> rows(RowScanner scanner, DataFile file, RowProjection projection, RowFilter filter) {
        List<String> rows = new ArrayList<>();
        ScanResult result =
                scanner.scan(file, projection, filter, batch -> add(batch, projection, rows), new ScanControl());
        if (result.rows() != rows.size()) {
            throw new AssertionError(result + ", but " + rows.size() + " rows came");
        }
        return rows;
    }

    /** Adds the rows of a batch to a list. */
    static boolean add(RowBatch batch, RowProjection projection, List<String> rows) {
        for (int row = 0; row < batch.rows(); row++) {
            long micros = batch.micros()[row];
            StringBuilder text = new StringBuilder();
            text.append(batch.position(row)).append('|').append(micros == RowBatch.NO_TIME ? "NULL" : micros);
            for (int i = 0; i < projection.columns().size(); i++) {
                text.append('|').append(value(batch.values(i), row));
            }
            rows.add(text.toString());
        }
        return true;
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
        return new String(dictionary.bytes(), dictionary.offset(id), dictionary.length(id), StandardCharsets.UTF_8);
    }
}
