package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One scan of one file, batch by batch; it is its own current batch.
 *
 * <p>Slot 0 is the hour column, slot i + 1 the value column number i.
 */
final class FileScan implements ColumnBatch, ScanSteps {
    private final TableFiles files;
    private final ScanLimits limits;
    private final ScanBuffers buffers;
    private final DataFile file;
    private final Projection projection;

    private OpenDataFile open;
    private List<RowGroup> groups;
    private final FileColumn[] columns;
    private final ChunkReader[] readers;
    private HourVector hours;
    private final IdVector[] values;
    private DeletedRows deleted;

    private int nextGroup;
    private long groupRowsLeft;
    private long physicalRows;
    private long liveRows;
    private int rows;
    private Column blamed;

    FileScan(TableFiles files, ScanLimits limits, ScanBuffers buffers, DataFile file, Projection projection) {
        this.files = files;
        this.limits = limits;
        this.buffers = buffers;
        this.file = file;
        this.projection = projection;
        int slots = projection.values().size() + 1;
        columns = new FileColumn[slots];
        readers = new ChunkReader[slots];
        values = new IdVector[slots - 1];
    }

    /** Reads the next batch that has a live row; false after the last one. */
    @Override
    public boolean next() throws IOException {
        if (groups == null) {
            open();
        }
        do {
            if (!nextPhysical()) {
                return false;
            }
        } while (rows == 0);
        liveRows += rows;
        return true;
    }

    private boolean nextPhysical() throws IOException {
        while (groupRowsLeft == 0) {
            if (nextGroup == groups.size()) {
                if (deleted != null) {
                    deleted.finish();
                }
                return false;
            }
            startGroup(groups.get(nextGroup++));
        }
        int count = (int) Math.min(ChunkReader.BATCH_ROWS, groupRowsLeft);
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                blame(slot);
                readers[slot].read(count);
            }
        }
        blamed = null;
        rows = count;
        if (deleted != null) {
            dropDeleted(count);
        }
        physicalRows += count;
        groupRowsLeft -= count;
        return true;
    }

    private void dropDeleted(int count) {
        int[] live = buffers.live;
        rows = deleted.live(physicalRows, count, live);
        if (rows == count || rows == 0) {
            return;
        }
        for (ChunkReader reader : readers) {
            if (reader != null) {
                reader.keep(live, rows);
            }
        }
    }

    private void open() throws IOException {
        open = new OpenDataFile(files, limits, buffers, file, new ScanControl());
        int[] leaves = new int[columns.length];
        bind(open.columns(), leaves);
        groups = open.rowGroups(leaves, namesInFile(), false);
        if (file.deletionVector().isPresent()) {
            deleted = new DeletionVectorReader(files).read(file.deletionVector().get());
        }
    }

    private void bind(List<FileColumn> schema, int[] leaves) {
        for (int slot = 0; slot < columns.length; slot++) {
            blame(slot);
            Column column = blamed;
            boolean partition = column != null && projection.partitionColumns().contains(column.physicalName());
            if (slot == 0 && column != null && !HourForm.isTime(column)) {
                throw new Malformed("is of type " + column.typeName() + ", which is not a time");
            }
            if (column != null && !partition) {
                columns[slot] = ColumnBinding.find(schema, column, projection.byFieldId());
            }
            if (slot == 0) {
                bindHours(column, partition);
            } else {
                bindValues(slot, column, partition);
            }
            leaves[slot] = columns[slot] == null ? -1 : columns[slot].leaf();
        }
        blamed = null;
    }

    /** What {@link FooterReader#rowGroups} is to find, or not to find, in the row groups too. */
    private String[] namesInFile() {
        String[] names = new String[columns.length];
        for (int slot = 0; slot < names.length; slot++) {
            Optional<Column> wanted =
                    slot == 0 ? projection.hour() : projection.values().get(slot - 1);
            if (columns[slot] != null) {
                names[slot] = columns[slot].name();
            } else if (wanted.isPresent()
                    && !projection.partitionColumns().contains(wanted.get().physicalName())) {
                names[slot] = wanted.get().physicalName();
            }
        }
        return names;
    }

    private void bindHours(Column column, boolean partition) {
        if (columns[0] != null) {
            HourForm.of(columns[0]);
            readers[0] = buffers.hours;
            hours = buffers.hours;
        } else {
            hours = new ConstantHours(
                    partition ? PartitionText.hour(column, file.partitionValues()) : HourVector.NO_TIME);
        }
    }

    private void bindValues(int slot, Column column, boolean partition) {
        if (columns[slot] != null) {
            ValueReader reader = buffers.values(slot - 1);
            reader.startFile(column, columns[slot]);
            readers[slot] = reader;
            values[slot - 1] = reader;
        } else {
            values[slot - 1] =
                    new ConstantIds(partition ? PartitionText.canonical(column, file.partitionValues()) : null);
        }
    }

    private void startGroup(RowGroup group) throws IOException {
        groupRowsLeft = group.rows();
        if (groupRowsLeft == 0) {
            return;
        }
        startHours(group);
        boolean whole = open.isWhole();
        GroupRanges fetched = whole ? null : fetch(group);
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                blame(slot);
                Chunk chunk = group.chunks()[slot];
                if (whole || fetched != null) {
                    int start = whole ? (int) chunk.start() : fetched.offsetOf(chunk);
                    readers[slot].bytes().slice(buffers.file(), start, start + (int) chunk.length(), chunk.start());
                } else {
                    readers[slot].bytes().window(open.bytes(), chunk.start(), chunk.length());
                }
                readers[slot].startChunk(columns[slot], chunk);
            }
        }
        blamed = null;
    }

    /** Brings all that is needed of a row group into the buffer; null if it is to be read window by window. */
    private GroupRanges fetch(RowGroup group) throws IOException {
        List<Chunk> needed = new ArrayList<>();
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                needed.add(group.chunks()[slot]);
            }
        }
        if (needed.isEmpty()) {
            return null;
        }
        GroupRanges ranges =
                GroupRanges.of(needed, limits.windowBytes(), open.bytes().isRemote());
        if (ranges != null) {
            open.bytes().read(ranges.into(buffers.file(ranges.length())));
        }
        return ranges;
    }

    /** Leaves the hour column out where the row group's statistics say it all. */
    private void startHours(RowGroup group) {
        if (columns[0] != null) {
            boolean one = buffers.hours.takeConstant(columns[0], group.chunks()[0]);
            readers[0] = one ? null : buffers.hours;
        }
    }

    private void blame(int slot) {
        blamed = slot == 0
                ? projection.hour().orElse(null)
                : projection.values().get(slot - 1).orElse(null);
    }

    /** The file, and the column being worked on: how a message begins. */
    @Override
    public String where() {
        String column = blamed == null ? "" : ", column '" + blamed.name() + "',";
        return "Data file '" + file.path() + "'" + column;
    }

    ScanResult result() {
        return new ScanResult(liveRows, physicalRows, open.bytes().bytesRead());
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public HourVector hours() {
        return hours;
    }

    @Override
    public IdVector values(int i) {
        return values[i];
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
