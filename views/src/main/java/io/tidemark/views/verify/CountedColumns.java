package io.tidemark.views.verify;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.CubeSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cube's columns as a table has them.
 *
 * @param time empty: the table lacks it, or none is configured
 * @param dimensions an entry for each dimension; empty: the table lacks it
 * @param distinct empty: the table lacks it, or none is configured
 */
record CountedColumns(
        TableMetadata metadata, Optional<Column> time, List<Optional<Column>> dimensions, Optional<Column> distinct) {

    static CountedColumns of(CubeSpec spec, TableMetadata metadata) {
        return new CountedColumns(
                metadata,
                spec.timeColumn().flatMap(metadata::column),
                spec.dimensions().stream()
                        .map(dimension -> metadata.column(dimension.column()))
                        .collect(Collectors.toUnmodifiableList()),
                spec.distinctColumn().flatMap(metadata::column));
    }
}
