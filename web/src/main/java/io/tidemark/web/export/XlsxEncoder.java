package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * An Excel file of cells: sheets of as many rows as a sheet can have, and one that says what they are of.
 *
 * <p>Excel's numbers have 15 digits and its calendar begins in March 1900 (what lies before is counted wrongly) and ends with the year
 * 9999; what does not fit is text, with all that it has. Text beyond a cell's length is cut, and the last sheet says how often.
 */
final class XlsxEncoder implements RowEncoder {
    /** Fast: at the usual level it is the largest single cost, over a third of the samples of a profile. */
    private static final int COMPRESSION = 2;

    private static final String DATE = "yyyy-mm-dd";
    private static final String TIME = "yyyy-mm-dd hh:mm:ss.000";

    /** Days from Excel's day 0 to 1970. */
    private static final long DAYS_BEFORE_1970 = 25_569;

    private static final long FIRST_DAY = 61;
    private static final long LAST_DAY = 2_958_465;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MOST_EXACT = 999_999_999_999_999L;

    private final ExportAbout about;
    private final Column[] columns;
    private final Cells cells;
    private final int rowsPerSheet;
    private final EncodedStream stream = new EncodedStream();
    private final Workbook workbook = new Workbook(stream, "Tidemark", null);
    private Worksheet sheet;
    private int sheets;
    private int row;
    private long rows;
    private long cut;

    /** @param rowsPerSheet the header among them; Excel takes {@link Worksheet#MAX_ROWS} */
    XlsxEncoder(ExportAbout about, int rowsPerSheet) {
        if (about.columns().size() > Worksheet.MAX_COLS) {
            throw new TableException(
                    "The table has " + about.columns().size() + " columns, and a sheet of Excel at most "
                            + Worksheet.MAX_COLS + ". Export as CSV, NDJSON or Parquet.");
        }
        this.about = about;
        this.columns = about.columns().toArray(new Column[0]);
        this.cells = new Cells(columns.length);
        this.rowsPerSheet = rowsPerSheet;
    }

    @Override
    public void begin(OutputBuffer out) {
        stream.to(out);
        workbook.setCompressionLevel(COMPRESSION);
        beginSheet();
    }

    private void beginSheet() {
        sheets++;
        sheet = workbook.newWorksheet(sheets == 1 ? "Rows" : "Rows " + sheets);
        sheet.freezePane(0, 1);
        for (int c = 0; c < columns.length; c++) {
            text(0, c, columns[c].name());
            sheet.style(0, c).bold().set();
        }
        row = 1;
    }

    @Override
    public void rows(byte[] chunk, OutputBuffer out) {
        stream.to(out);
        cells.start(chunk);
        try {
            while (cells.next()) {
                if (row == rowsPerSheet) {
                    sheet.finish();
                    beginSheet();
                }
                for (int c = 0; c < columns.length; c++) {
                    if (!cells.isNull(c)) {
                        cell(c);
                    }
                }
                row++;
                rows++;
            }
            sheet.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cell(int c) {
        switch (columns[c].type()) {
            case STRING, STRUCT, ARRAY, MAP, OTHER -> text(row, c, cells.text(c));
            case BINARY -> text(row, c, base64(c));
            case BYTE, SHORT, INTEGER, LONG -> integer(c);
            case DECIMAL -> decimal(c);
            case FLOAT, DOUBLE -> floating(c);
            case BOOLEAN -> sheet.value(row, c, Boolean.valueOf(cells.bytes()[cells.start(c)] == 't'));
            case DATE -> date(c);
            case TIMESTAMP, TIMESTAMP_NTZ -> time(c);
        }
    }

    private void text(int at, int c, String text) {
        if (text.length() > XlsxText.MAX_LENGTH) {
            cut++;
        }
        sheet.inlineString(at, c, XlsxText.escape(XlsxText.cut(text)));
    }

    private String base64(int c) {
        int start = cells.start(c);
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(cells.bytes(), start, start + cells.length(c)));
    }

    private void integer(int c) {
        // Of an unsigned file column, it may be more than 64 bits with a sign hold: text then, as all of more than 15
        // digits.
        if (cells.length(c) > 16 || Math.abs(cells.integer(c)) > MOST_EXACT) {
            text(row, c, cells.text(c));
        } else {
            sheet.value(row, c, Long.valueOf(cells.integer(c)));
        }
    }

    private void decimal(int c) {
        BigDecimal value = new BigDecimal(cells.text(c));
        if (value.stripTrailingZeros().precision() > 15) {
            text(row, c, cells.text(c));
        } else {
            sheet.value(row, c, value);
        }
    }

    private void floating(int c) {
        double value = Double.parseDouble(cells.text(c));
        if (Double.isFinite(value)) {
            sheet.value(row, c, Double.valueOf(value));
        } else {
            text(row, c, cells.text(c));
        }
    }

    private void date(int c) {
        long day = IsoTime.day(cells.bytes(), cells.start(c), cells.length(c)) + DAYS_BEFORE_1970;
        if (day < FIRST_DAY || day > LAST_DAY) {
            text(row, c, cells.text(c));
        } else {
            sheet.value(row, c, Long.valueOf(day));
            sheet.style(row, c).format(DATE).set();
        }
    }

    private void time(int c) {
        long day;
        long micros;
        try {
            micros = IsoTime.micros(cells.bytes(), cells.start(c), cells.length(c));
            day = Math.floorDiv(micros, MICROS_PER_DAY) + DAYS_BEFORE_1970;
        } catch (ArithmeticException e) {
            text(row, c, cells.text(c));
            return;
        }
        if (day < FIRST_DAY || day > LAST_DAY) {
            text(row, c, cells.text(c));
        } else {
            double part = Math.floorMod(micros, MICROS_PER_DAY) / (double) MICROS_PER_DAY;
            sheet.value(row, c, Double.valueOf(day + part));
            sheet.style(row, c).format(TIME).set();
        }
    }

    @Override
    public void end(OutputBuffer out) {
        stream.to(out);
        try {
            sheet.finish();
            about();
            workbook.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void about() throws IOException {
        long shortened = cut;
        sheet = workbook.newWorksheet("About");
        int at = 0;
        for (Map.Entry<String, String> entry : about.entries().entrySet()) {
            line(at++, entry.getKey(), entry.getValue());
        }
        for (List<String> entry : List.of(
                List.of("rows", Long.toString(rows)),
                List.of("texts cut at " + XlsxText.MAX_LENGTH + " characters", Long.toString(shortened)))) {
            line(at++, entry.get(0), entry.get(1));
        }
        sheet.width(0, 40);
        sheet.width(1, 80);
        sheet.finish();
    }

    private void line(int at, String key, String value) {
        text(at, 0, key);
        text(at, 1, value);
    }
}
