package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slots of a row scan bound to one file: what is read, what is the same in every row, and what is left to test. */
final class RowBinding {
    private final RowSlots slots;
    private final RowBuffers buffers;
    private final DataFile file;

    /** By slot; null where the file does not have the column. */
    final FileColumn[] columns;

    /** By slot; null where every row has the same value. */
    final RowReader[] readers;

    /** By slot. */
    final IdVector[] vectors;

    /** Number of the chunk of each slot; -1 for a slot without one. */
    final int[] leaves;

    /** What row groups are to know, or not to know, too: see {@link FooterReader#rowGroups}. */
    final String[] names;

    /** The tests of columns that the file has, and their slots. */
    final List<RowTest> tests = new ArrayList<>();

    final List<Integer> tested = new ArrayList<>();

    /** The nested columns that are asked for and that the file has: no reader here is theirs. */
    final List<NestedColumn> nested = new ArrayList<>();

    /** Not the buffers': what nested columns take is not kept for the next scan. */
    final ByteBudget nestedBudget;

    private long constantTime = RowBatch.NO_TIME;
    private Column blamed;

    RowBinding(RowSlots slots, RowBuffers buffers, ScanLimits limits, DataFile file) {
        this.slots = slots;
        this.buffers = buffers;
        this.file = file;
        nestedBudget = new ByteBudget(limits.maxScanBytes());
        columns = new FileColumn[slots.columns.length];
        readers = new RowReader[columns.length];
        vectors = new IdVector[columns.length];
        leaves = new int[columns.length];
        names = new String[columns.length];
    }

    /** False if the file's partition values exclude all its rows; asked before it is opened. */
    boolean partitionMayMatch() {
        for (int i = 0; i < slots.tests.size(); i++) {
            int slot = slots.tested[i];
            blame(slot);
            if (slots.isPartition(slot) && !constantMayMatch(i, true)) {
                return false;
            }
        }
        blamed = null;
        return slots.isPossible();
    }

    /**
     * Finds the columns among the file's.
     *
     * @return false if columns that the file does not have exclude all its rows
     */
    boolean bind(List<FileColumn> schema) {
        for (int slot = 0; slot < columns.length; slot++) {
            blame(slot);
            if (blamed.type().isNested()) {
                bindNested(slot, schema);
                continue;
            }
            boolean partition = slots.isPartition(slot);
            if (!partition) {
                columns[slot] = ColumnBinding.find(schema, blamed, byFieldId());
            }
            names[slot] = columns[slot] != null ? columns[slot].name() : partition ? null : blamed.physicalName();
            leaves[slot] = columns[slot] == null ? -1 : columns[slot].leaf();
            if (slot == slots.time && !HourForm.isTime(blamed)) {
                throw new Malformed("is of type " + blamed.typeName() + ", which is not a time");
            }
            if (columns[slot] != null) {
                readers[slot] = slot == slots.time ? buffers.timeReader() : buffers.reader(slot);
                readers[slot].startFile(blamed, columns[slot]);
                vectors[slot] = readers[slot];
            } else {
                vectors[slot] = new ConstantIds(constant(slot));
                if (slot == slots.time) {
                    constantTime = constantTime(partition);
                }
            }
        }
        boolean mayMatch = bindTests();
        blamed = null;
        return mayMatch;
    }

    private void bindNested(int slot, List<FileColumn> schema) {
        leaves[slot] = -1;
        FileColumn found = ColumnBinding.locate(schema, blamed, byFieldId());
        if (found == null) {
            vectors[slot] = new ConstantIds(null);
            return;
        }
        NestedColumn column = new NestedColumn(blamed, slot, schema.indexOf(found), nestedBudget);
        nested.add(column);
        vectors[slot] = column;
    }

    boolean byFieldId() {
        return slots.projection.byFieldId();
    }

    private boolean bindTests() {
        for (int i = 0; i < slots.tests.size(); i++) {
            int slot = slots.tested[i];
            blame(slot);
            if (readers[slot] != null) {
                slots.tests.get(i).startFile(columns[slot]);
                tests.add(slots.tests.get(i));
                tested.add(slot);
            } else if (!constantMayMatch(i, slots.isPartition(slot))) {
                return false;
            }
        }
        return true;
    }

    private boolean constantMayMatch(int test, boolean partition) {
        Optional<RowFilter.Condition> condition = slots.conditions.get(test);
        if (condition.isEmpty()) {
            return slots.filter.acceptsTime(constantTime(partition));
        }
        return condition.get().accepts(constant(slots.tested[test]));
    }

    private String constant(int slot) {
        return slots.isPartition(slot) ? PartitionText.canonical(slots.columns[slot], file.partitionValues()) : null;
    }

    private long constantTime(boolean partition) {
        return partition ? PartitionText.micros(slots.columns[slots.time], file.partitionValues()) : RowBatch.NO_TIME;
    }

    /** The time of every row, if no reader gives it. */
    long constantTime() {
        return constantTime;
    }

    void blame(int slot) {
        blamed = slots.columns[slot];
    }

    void blameNone() {
        blamed = null;
    }

    /** The file, and the column being worked on: how a message begins. */
    String where() {
        String column = blamed == null ? "" : ", column '" + blamed.name() + "',";
        return "Data file '" + file.path() + "'" + column;
    }
}
