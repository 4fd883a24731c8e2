package io.tidemark.ingest.scan;

import java.io.IOException;
import java.util.Arrays;

/** Reads batches of one row group after another: first what the filter needs, and the rest where rows match. */
final class RowGroupReader {

    /** All columns together have about this much read ahead. */
    private static final int READ_AHEAD = 32 << 20;

    private static final int LEAST_WINDOW = 1 << 18;

    private final OpenDataFile file;
    private final ScanLimits limits;
    private final RowBuffers buffers;
    private final RowBinding binding;
    private final RowSlots slots;
    private final RowReader[] readers;
    private final boolean[] isRead;

    RowGroupReader(OpenDataFile file, ScanLimits limits, RowBuffers buffers, RowBinding binding, RowSlots slots) {
        this.file = file;
        this.limits = limits;
        this.buffers = buffers;
        this.binding = binding;
        this.slots = slots;
        this.readers = binding.readers;
        this.isRead = new boolean[readers.length];
    }

    /**
     * Begins with a row group.
     *
     * @return false if the dictionaries of its columns exclude all rows
     */
    boolean startGroup(RowGroup group, PageLocations[] locations) throws IOException {
        boolean all = binding.tests.isEmpty() && slots.positions == null;
        if (!file.isWhole() && !(all && readTogether(group))) {
            openWindows(group);
        } else if (file.isWhole()) {
            openSlices(group, buffers.file(), 0);
        }
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                binding.blame(slot);
                readers[slot].startChunk(binding.columns[slot], group.chunks()[slot]);
                readers[slot].setLocations(locations[slot]);
            }
        }
        boolean mayMatch = dictionariesMayMatch(group);
        binding.blameNone();
        return mayMatch;
    }

    private boolean dictionariesMayMatch(RowGroup group) throws IOException {
        for (int i = 0; i < binding.tests.size(); i++) {
            int slot = binding.tested.get(i);
            Chunk chunk = group.chunks()[slot];
            if (!chunk.detail().dictionaryPages() || chunk.values() == 0 || binding.tests.get(i) instanceof TimeTest) {
                continue;
            }
            binding.blame(slot);
            if (!readers[slot].hasBegun()) {
                readers[slot].bytes().readNoFurtherThan(chunk.detail().dataStart());
                readers[slot].readFirstPage();
                readers[slot].bytes().readNoFurtherThan(Long.MAX_VALUE);
            }
            if (!binding.tests.get(i).mayMatch(chunk, readers[slot])) {
                return false;
            }
        }
        return true;
    }

    /** One request for columns that lie close together is cheaper than one each. */
    private boolean readTogether(RowGroup group) throws IOException {
        long from = Long.MAX_VALUE;
        long to = 0;
        long needed = 0;
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                Chunk chunk = group.chunks()[slot];
                from = Math.min(from, chunk.start());
                to = Math.max(to, chunk.start() + chunk.length());
                needed += chunk.length();
            }
        }
        if (needed == 0 || to - from > limits.windowBytes() || to - from > 2 * needed) {
            return false;
        }
        int length = (int) (to - from);
        byte[] bytes = buffers.group(length);
        file.bytes().read(from, bytes, 0, length);
        openSlices(group, bytes, from);
        return true;
    }

    private void openSlices(RowGroup group, byte[] bytes, long from) {
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                Chunk chunk = group.chunks()[slot];
                int start = (int) (chunk.start() - from);
                readers[slot].bytes().slice(bytes, start, start + (int) chunk.length(), chunk.start());
            }
        }
    }

    private void openWindows(RowGroup group) {
        int window = Math.min(limits.windowBytes(), Math.max(LEAST_WINDOW, READ_AHEAD / readers.length));
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] != null) {
                Chunk chunk = group.chunks()[slot];
                readers[slot].bytes().setWindow(window);
                readers[slot].bytes().window(file.bytes(), chunk.start(), chunk.length());
            }
        }
    }

    /** Says that rows before this one are wanted, and none after it for the time being. */
    void startRange(long end) {
        for (RowReader reader : readers) {
            if (reader != null) {
                reader.readNoFurtherThan(end);
            }
        }
    }

    /**
     * Reads a batch.
     *
     * @param row the first, within the row group
     * @param selected how many rows at the front of {@link RowBuffers#selected} are candidates
     * @return how many of them match
     */
    int read(long row, int count, int selected) throws IOException {
        int[] numbers = buffers.selected;
        int found = selected;
        Arrays.fill(isRead, false);
        for (int i = 0; i < binding.tests.size() && found > 0; i++) {
            int slot = binding.tested.get(i);
            if (!isRead[slot]) {
                read(slot, row, count, null, count);
            }
            if (!(binding.tests.get(i) instanceof TimeTest)) {
                readers[slot].finish(count);
            }
            found = binding.tests.get(i).select(readers[slot], numbers, found);
        }
        if (found == 0) {
            return 0;
        }
        byte[] wanted = found == count ? null : wanted(numbers, found, count);
        for (int slot = 0; slot < readers.length; slot++) {
            if (readers[slot] == null) {
                continue;
            }
            if (!isRead[slot]) {
                read(slot, row, count, wanted, found);
            }
            binding.blame(slot);
            if (found < count) {
                readers[slot].keepSelected(numbers, found);
            }
            if (slots.isOutput[slot]) {
                readers[slot].finish(found);
            }
        }
        binding.blameNone();
        return found;
    }

    private void read(int slot, long row, int count, byte[] wanted, int matching) throws IOException {
        binding.blame(slot);
        readers[slot].moveTo(row);
        readers[slot].read(count, wanted, matching);
        isRead[slot] = true;
    }

    private byte[] wanted(int[] numbers, int found, int count) {
        byte[] wanted = buffers.wanted;
        Arrays.fill(wanted, 0, count, (byte) 0);
        for (int i = 0; i < found; i++) {
            wanted[numbers[i]] = 1;
        }
        return wanted;
    }
}
