package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dhatim.fastexcel.Worksheet;

/** The formats of downloads. */
public enum ExportFormat {
    CSV("text/csv; charset=UTF-8; header=present"),
    NDJSON("application/x-ndjson"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PARQUET("application/vnd.apache.parquet");

    private final String contentType;

    ExportFormat(String contentType) {
        this.contentType = contentType;
    }

    /** Empty if there is no format of this name. */
    public static Optional<ExportFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equals(name))
                .findFirst();
    }

    public String contentType() {
        return contentType;
    }

    /** Its name in queries, too. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes rows on one of the threads that read.
     *
     * @param raw true if text goes into CSV as it is, even if a spreadsheet would take it for a formula
     */
    RowWriter writer(List<Column> columns, boolean raw) {
        return switch (this) {
            case CSV -> new CsvWriter(columns, !raw);
            case NDJSON -> new NdjsonWriter(columns);
            case XLSX, PARQUET -> new CellsWriter(columns);
        };
    }

    /**
     * Makes one file of what the writers wrote.
     *
     * @throws io.tidemark.ingest.log.TableException if the table does not fit into the format
     */
    RowEncoder encoder(ExportAbout about, boolean raw, ExportLimits limits) {
        return switch (this) {
            case CSV, NDJSON -> new TextEncoder(writer(about.columns(), raw));
            case XLSX -> new XlsxEncoder(about, Worksheet.MAX_ROWS);
            case PARQUET -> new ParquetEncoder(about, limits.rowGroupBytes());
        };
    }
}
