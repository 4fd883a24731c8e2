package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Filters over a cube's dimensions, as filters over a table's columns. */
public final class FilterColumns {
    private final CubeSpec spec;

    public FilterColumns(CubeSpec spec) {
        this.spec = spec;
    }

    public RowFilter rows(Filter filter, TableMetadata metadata) {
        List<RowFilter.Condition> conditions = new ArrayList<>();
        for (Dimension dimension : spec.dimensions()) {
            Set<Optional<String>> accepted = filter.values().get(dimension.name());
            if (accepted != null) {
                conditions.add(new RowFilter.Condition(
                        metadata.column(dimension.column()),
                        accepted.stream().flatMap(Optional::stream).collect(Collectors.toSet()),
                        accepted.contains(Optional.<String>empty())));
            }
        }
        return RowFilter.of(filter.from(), filter.to(), conditions);
    }

    /** @param columns whose values are wanted */
    public RowProjection projection(List<Column> columns, TableMetadata metadata) {
        Optional<Column> time = spec.timeColumn().flatMap(metadata::column);
        Set<String> partitions = new HashSet<>();
        for (Column column : metadata.columns()) {
            if (metadata.isPartitionColumn(column)) {
                partitions.add(column.physicalName());
            }
        }
        return new RowProjection(columns, time, partitions, metadata.idMapping());
    }
}
