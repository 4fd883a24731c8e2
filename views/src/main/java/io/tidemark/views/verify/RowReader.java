package io.tidemark.views.verify;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.CubeSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads data files row by row with parquet-java's record reader. Safe for use by many threads. */
final class RowReader {
    private final Path table;
    private final Configuration conf;
    private final CubeSpec spec;
    private final CountedColumns columns;

    RowReader(Path table, Configuration conf, CubeSpec spec, CountedColumns columns) {
        this.table = table;
        this.conf = conf;
        this.spec = spec;
        this.columns = columns;
    }

    /** @throws TableException naming the file, if it cannot be read */
    void read(DataFile file, Tally tally, DistinctSet distinct) {
        FileConstants constants = FileConstants.of(file, spec, columns);
        try {
            DeletedPositions deleted = file.deletionVector().isEmpty()
                    ? DeletedPositions.NONE
                    : DeletedPositions.read(table, conf, file.deletionVector().get());
            RowSink sink =
                    new RowSink(tally, distinct, constants.hour(), constants.values(), constants.distinct(), deleted);
            try (ParquetReader<Object> reader = new Builder(open(file), new Rows(sink)).build()) {
                while (reader.read() != null) {
                    // The converters count each row as it is read, in the order of their positions.
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new TableException("[" + file.path() + "] The recount cannot read this file: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if ((cause instanceof IllegalArgumentException || cause instanceof TableException)
                    && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return e.getClass().getSimpleName() + ".";
    }

    private InputFile open(DataFile file) throws IOException {
        URI root = table.toUri();
        try {
            // In parts, so that nothing in the name is taken for an escape again.
            Path path = new Path(
                    new URI(root.getScheme(), root.getAuthority(), root.getPath() + "/" + file.path(), null, null)
                            .normalize());
            if (!path.toUri().getPath().startsWith(root.getPath() + "/")) {
                throw new TableException("[" + file.path() + "] This file is outside the table; it was not opened.");
            }
            return TableInput.open(path, conf);
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Columns that are read of a file, with their roles, by name in the file. */
    private Map<Type, RowConverter.Role> roles(MessageType file) {
        Map<Type, RowConverter.Role> roles = new LinkedHashMap<>();
        columns.time()
                .flatMap(column -> find(file, column))
                .ifPresent(type -> roles.put(type, role(roles, type).asTime()));
        for (int i = 0; i < columns.dimensions().size(); i++) {
            int dimension = i;
            columns.dimensions()
                    .get(i)
                    .flatMap(column -> find(file, column))
                    .ifPresent(type -> roles.put(type, role(roles, type).withDimension(dimension)));
        }
        columns.distinct()
                .flatMap(column -> find(file, column))
                .ifPresent(type -> roles.put(type, role(roles, type).asDistinct()));
        return roles;
    }

    private static RowConverter.Role role(Map<Type, RowConverter.Role> roles, Type type) {
        return roles.getOrDefault(type, new RowConverter.Role(false, List.of(), false));
    }

    /** The file's column; empty if rows of this file have no value there, or the partition gives it. */
    private Optional<Type> find(MessageType file, Column column) {
        if (columns.metadata().isPartitionColumn(column)) {
            return Optional.empty();
        }
        if (columns.metadata().idMapping() && column.fieldId().isPresent()) {
            return file.getFields().stream()
                    .filter(type -> type.getId() != null
                            && type.getId().intValue() == column.fieldId().getAsInt())
                    .findFirst();
        }
        return file.getFields().stream()
                .filter(type -> type.getName().equals(column.physicalName()))
                .findFirst()
                .or(() -> file.getFields().stream()
                        .filter(type -> type.getName().equalsIgnoreCase(column.physicalName()))
                        .findFirst());
    }

    private static final class Builder extends ParquetReader.Builder<Object> {
        private final ReadSupport<Object> support;

        Builder(InputFile file, ReadSupport<Object> support) {
            super(file, new PlainParquetConfiguration());
            this.support = support;
        }

        @Override
        protected ReadSupport<Object> getReadSupport() {
            return support;
        }
    }

    private final class Rows extends ReadSupport<Object> {
        private final RowSink sink;
        private List<RowConverter.Role> roles;

        Rows(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public ReadContext init(InitContext context) {
            Map<Type, RowConverter.Role> found = roles(context.getFileSchema());
            roles = new ArrayList<>(found.values());
            return new ReadContext(new MessageType("rows", new ArrayList<>(found.keySet())));
        }

        @Override
        public RecordMaterializer<Object> prepareForRead(
                Configuration hadoop, Map<String, String> keyValues, MessageType fileSchema, ReadContext context) {
            return new Counting(new RowConverter(context.getRequestedSchema(), roles, sink));
        }

        @Override
        public RecordMaterializer<Object> prepareForRead(
                ParquetConfiguration plain,
                Map<String, String> keyValues,
                MessageType fileSchema,
                ReadContext context) {
            return new Counting(new RowConverter(context.getRequestedSchema(), roles, sink));
        }
    }

    private static final class Counting extends RecordMaterializer<Object> {
        private static final Object ROW = new Object();
        private final RowConverter root;

        Counting(RowConverter root) {
            this.root = root;
        }

        @Override
        public Object getCurrentRecord() {
            return ROW;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }
}
