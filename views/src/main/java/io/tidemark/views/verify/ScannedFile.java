package io.tidemark.views.verify;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.ColumnBatch;
import io.tidemark.ingest.scan.FileScanner;
import io.tidemark.ingest.scan.HourVector;
import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.Projection;
import io.tidemark.ingest.scan.ValueDictionary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts a file through the service's own scanner: for files with a deletion vector only, which parquet-java knows nothing of.
 * Counting is still this package's.
 */
final class ScannedFile {
    private final FileScanner scanner;
    private final Projection projection;
    private final int dimensions;
    private final boolean countsDistinct;

    ScannedFile(FileScanner scanner, CountedColumns columns) {
        this.scanner = scanner;
        this.dimensions = columns.dimensions().size();
        this.countsDistinct = columns.distinct().isPresent();
        List<Optional<Column>> values = new ArrayList<>(columns.dimensions());
        if (countsDistinct) {
            values.add(columns.distinct());
        }
        TableMetadata metadata = columns.metadata();
        Set<String> partitions = metadata.columns().stream()
                .filter(metadata::isPartitionColumn)
                .map(Column::physicalName)
                .collect(Collectors.toUnmodifiableSet());
        this.projection = new Projection(columns.time(), values, partitions, metadata.idMapping());
    }

    void read(DataFile file, Tally tally, DistinctSet distinct) {
        String[] values = new String[dimensions];
        scanner.scan(file, projection, batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                for (int d = 0; d < dimensions; d++) {
                    values[d] = text(batch.values(d), row);
                }
                if (countsDistinct) {
                    String value = text(batch.values(dimensions), row);
                    if (value != null && !value.isEmpty()) {
                        distinct.add(value.getBytes(StandardCharsets.UTF_8));
                    }
                }
                tally.add(hour(batch, row), values);
            }
        });
    }

    private static Long hour(ColumnBatch batch, int row) {
        HourVector hours = batch.hours();
        long hour = hours.isConstant() ? hours.constant() : hours.hours()[row];
        return hour == HourVector.NO_TIME ? null : hour;
    }

    private static String text(IdVector ids, int row) {
        int id = ids.isConstant() ? ids.constant() : ids.ids()[row];
        ValueDictionary dictionary = ids.dictionary();
        return id == IdVector.NULL ? null : dictionary.text(id);
    }
}
