package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** One row scan of one file, batch by batch; it is its own current batch. */
final class RowScan implements ScanSteps, RowBatch {
    private final TableFiles files;
    private final ScanLimits limits;
    private final RowBuffers buffers;
    private final DataFile file;
    private final RowSlots slots;
    private final ScanControl control;
    private final RowBinding binding;

    private OpenDataFile open;
    private boolean opened;
    private List<RowGroup> groups = List.of();
    private GroupPlan plan;
    private RowGroupReader reader;
    private NestedColumns nested;
    private int batchRows = ChunkReader.BATCH_ROWS;
    private DeletedRows deleted;

    private int nextGroup;
    private long groupStart;
    private long groupRows;
    private RowRanges ranges = RowRanges.all(0);
    private int range;
    private long row;

    private long first;
    private int rows;
    private long matchedRows;

    RowScan(
            TableFiles files,
            ScanLimits limits,
            RowBuffers buffers,
            DataFile file,
            RowSlots slots,
            ScanControl control) {
        this.files = files;
        this.limits = limits;
        this.buffers = buffers;
        this.file = file;
        this.slots = slots;
        this.control = control;
        this.binding = new RowBinding(slots, buffers, limits, file);
    }

    @Override
    public boolean next() throws IOException {
        if (!opened) {
            opened = true;
            open();
        }
        while (nextRange()) {
            control.check();
            int count = (int) Math.min(batchRows, ranges.end(range) - row);
            first = groupStart + row;
            rows = reader.read(row, count, select(count));
            if (rows > 0 && !binding.nested.isEmpty()) {
                readNested();
            }
            row += count;
            control.addRows(count);
            if (rows > 0) {
                matchedRows += rows;
                return true;
            }
        }
        return false;
    }

    private void readNested() throws IOException {
        if (nested == null) {
            nested = new NestedColumns(open, binding, limits, control);
        }
        nested.read(nextGroup - 1, row, buffers.selected, rows);
    }

    private void open() throws IOException {
        if (!binding.partitionMayMatch()) {
            return;
        }
        open = new OpenDataFile(files, limits, buffers, file, control);
        if (!binding.bind(open.columns())) {
            return;
        }
        groups = open.rowGroups(binding.leaves, binding.names, true);
        plan = new GroupPlan(open, limits, buffers, binding, slots.positions);
        reader = new RowGroupReader(open, limits, buffers, binding, slots);
        if (!binding.nested.isEmpty()) {
            batchRows = NestedColumns.BATCH_ROWS;
        }
        Arrays.fill(buffers.oneTime, binding.constantTime());
    }

    /** Goes to the next row that has to be looked at; false if there is none. */
    private boolean nextRange() throws IOException {
        while (range == ranges.count() || row == ranges.end(range)) {
            if (range < ranges.count()) {
                range++;
            }
            if (range < ranges.count()) {
                startRange();
            } else if (!nextGroup()) {
                finish();
                return false;
            }
        }
        return true;
    }

    private void startRange() {
        control.addRows(ranges.start(range) - row);
        row = ranges.start(range);
        reader.startRange(ranges.end(range));
    }

    private boolean nextGroup() throws IOException {
        control.addRows(groupRows - row);
        groupStart += groupRows;
        groupRows = 0;
        row = 0;
        if (nextGroup == groups.size()) {
            return false;
        }
        control.check();
        RowGroup group = groups.get(nextGroup++);
        groupRows = group.rows();
        range = 0;
        ranges = plan.mayMatch(group) ? plan.ranges(group, groupStart) : RowRanges.all(0);
        if (ranges.count() > 0 && !reader.startGroup(group, plan.locations)) {
            ranges = RowRanges.all(0);
        }
        if (ranges.count() > 0) {
            readDeletionVector();
            startRange();
        }
        return true;
    }

    private void readDeletionVector() throws IOException {
        if (deleted == null && file.deletionVector().isPresent()) {
            deleted = new DeletionVectorReader(files).read(file.deletionVector().get());
        }
    }

    /** Writes the numbers of those rows of the batch that live and are asked for to the front; returns how many. */
    private int select(int count) {
        int[] selected = buffers.selected;
        int found;
        if (deleted == null) {
            for (int i = 0; i < count; i++) {
                selected[i] = i;
            }
            found = count;
        } else {
            deleted.skipTo(first);
            found = deleted.live(first, count, selected);
        }
        return slots.positions == null ? found : atPositions(selected, found);
    }

    private int atPositions(int[] selected, int count) {
        int at = Arrays.binarySearch(slots.positions, first);
        at = at < 0 ? -at - 1 : at;
        int found = 0;
        for (int i = 0; i < count && at < slots.positions.length; i++) {
            long position = first + selected[i];
            while (at < slots.positions.length && slots.positions[at] < position) {
                at++;
            }
            if (at < slots.positions.length && slots.positions[at] == position) {
                selected[found++] = selected[i];
            }
        }
        return found;
    }

    private void finish() {
        if (deleted != null) {
            deleted.skipTo(groupStart);
            deleted.finish();
        }
    }

    /** Of a scan that ended early: of what was read until then. */
    ScanResult result() {
        return new ScanResult(
                matchedRows, groupStart + row, open == null ? 0 : open.bytes().bytesRead());
    }

    @Override
    public String where() {
        return binding.where();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public long position(int i) {
        return first + buffers.selected[i];
    }

    @Override
    public long[] micros() {
        boolean read = slots.time >= 0 && binding.readers[slots.time] != null;
        return read ? binding.readers[slots.time].micros() : buffers.oneTime;
    }

    @Override
    public IdVector values(int i) {
        return binding.vectors[slots.outputs[i]];
    }

    @Override
    public void close() {
        if (nested != null) {
            nested.close();
        }
        if (open != null) {
            open.close();
        }
    }
}
