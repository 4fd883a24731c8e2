package io.tidemark.web.export;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.query.FilterColumns;
import io.tidemark.views.query.TableRows;
import io.tidemark.views.query.VersionFiles;
import io.tidemark.views.store.LiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A version made of some Parquet files in a folder, without any log. */
final class ListedFiles implements VersionFiles {
    private static final Instant TIME = Instant.parse("2026-01-01T12:00:00Z");

    private final Path folder;
    private final List<Column> columns;
    private final List<String> partitions;
    private final List<LiveFile> files = new ArrayList<>();
    private boolean closed;

    ListedFiles(Path folder, List<Column> columns, List<String> partitions) {
        this.folder = folder;
        this.columns = columns;
        this.partitions = partitions;
    }

    void add(String name, Map<String, String> partitionValues) throws IOException {
        long size = Files.exists(folder.resolve(name)) ? Files.size(folder.resolve(name)) : 0;
        DataFile file = new DataFile(name, Optional.empty(), partitionValues, size, Optional.empty());
        files.add(new LiveFile(file, 0, HourBlock.NO_TIME + 1, Long.MAX_VALUE, true));
    }

    TableRows rows() {
        return new TableRows(
                this,
                Filter.ALL,
                new FilterColumns(new CubeSpec(Optional.empty(), List.of(), Optional.empty())),
                new ParquetRowScanner(new LocalTableFiles(folder), ScanLimits.standard()));
    }

    ExportAbout about() {
        return new ExportAbout("events", "s3://bucket/events", 7, "epoch", TIME, "channel=web", TIME, columns);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public long version() {
        return 7;
    }

    @Override
    public String epoch() {
        return "epoch";
    }

    @Override
    public Instant committedAt() {
        return TIME;
    }

    @Override
    public TableMetadata metadata() {
        return new TableMetadata("id", "{}", columns, partitions, Map.of(), false);
    }

    @Override
    public void forEach(Consumer<LiveFile> visitor) {
        files.forEach(visitor);
    }

    @Override
    public void close() {
        closed = true;
    }
}
