package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/** Cells of Excel files as plain texts, and what they should be by what DuckDB says. */
final class XlsxCells {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final LocalDate FIRST = LocalDate.of(1900, 3, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private XlsxCells() {}

    static List<List<String>> of(Sheet sheet, List<Column> columns) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (Stream<Row> stream = sheet.openStream()) {
            stream.forEach(row -> rows.add(row(row, columns)));
        }
        return rows;
    }

    private static List<String> row(Row row, List<Column> columns) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Cell cell = i < row.getCellCount() ? row.getCell(i) : null;
            cells.add(
                    cell == null || cell.getType() == CellType.EMPTY
                            ? "NULL"
                            : text(cell, columns.get(i).type()));
        }
        return cells;
    }

    private static String text(Cell cell, ColumnType type) {
        if (cell.getType() == CellType.STRING) {
            return decoded(cell.asString());
        }
        if (cell.getType() == CellType.BOOLEAN) {
            return cell.asBoolean().toString();
        }
        return switch (type) {
            case DATE -> cell.asDate().toLocalDate().toString();
            case TIMESTAMP, TIMESTAMP_NTZ -> time(cell.asDate());
            default -> number(cell.asNumber());
        };
    }

    private static String decoded(String text) {
        Matcher matcher = ESCAPED.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** To milliseconds: what Excel shows. */
    private static String time(LocalDateTime time) {
        return time.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static List<String> expected(ResultSet row, List<Column> columns) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String text = row.getString(i + 1);
            cells.add(
                    text == null
                            ? "NULL"
                            : expected(row, i + 1, text, columns.get(i).type()));
        }
        return cells;
    }

    private static String expected(ResultSet row, int i, String text, ColumnType type) throws SQLException {
        return switch (type) {
            case DECIMAL, LONG -> exact(text);
            case BYTE, SHORT, INTEGER -> number(new BigDecimal(text));
            case DOUBLE ->
                Double.isFinite(row.getDouble(i))
                        ? number(new BigDecimal(Double.toString(row.getDouble(i))))
                        : Double.toString(row.getDouble(i));
            case FLOAT -> number(new BigDecimal(Float.toString(row.getFloat(i))));
            case DATE -> text;
            case TIMESTAMP ->
                fits(row.getObject(i, java.time.OffsetDateTime.class).toLocalDateTime())
                        ? time(row.getObject(i, java.time.OffsetDateTime.class).toLocalDateTime())
                        : row.getObject(i, java.time.OffsetDateTime.class)
                                .toInstant()
                                .toString();
            case TIMESTAMP_NTZ ->
                fits(row.getObject(i, LocalDateTime.class))
                        ? time(row.getObject(i, LocalDateTime.class))
                        : java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                                row.getObject(i, LocalDateTime.class));
            default -> text;
        };
    }

    private static boolean fits(LocalDateTime time) {
        return !time.toLocalDate().isBefore(FIRST) && !time.toLocalDate().isAfter(LAST);
    }

    /** A number of up to 15 digits, or the text as it is. */
    private static String exact(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.stripTrailingZeros().precision() <= 15 || number.scale() == 0 && number.precision() <= 15
                ? number(number)
                : text;
    }
}
