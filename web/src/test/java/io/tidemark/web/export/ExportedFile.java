package io.tidemark.web.export;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.ingest.scan.ScanLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All rows of a Parquet file through a writer. */
final class ExportedFile {
    private ExportedFile() {}

    /** @param enough how many bytes are written before they are sent */
    static byte[] bytes(Path file, List<Column> columns, RowWriter writer, int enough) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        OutputBuffer out = new OutputBuffer(16);
        writer.begin(out);
        try (LocalTableFiles files = new LocalTableFiles(file.getParent())) {
            DataFile data = new DataFile(
                    file.getFileName().toString(), Optional.empty(), Map.of(), Files.size(file), Optional.empty());
            new ParquetRowScanner(files, ScanLimits.standard())
                    .scan(
                            data,
                            new RowProjection(columns, Optional.empty(), Set.of(), false),
                            RowFilter.ALL,
                            batch -> {
                                for (int row = 0; row < batch.rows(); ) {
                                    row = writer.write(batch, row, out, enough);
                                    all.write(out.bytes(), 0, out.length());
                                    out.clear();
                                }
                                return true;
                            },
                            new ScanControl());
        }
        all.write(out.bytes(), 0, out.length());
        return all.toByteArray();
    }
}
