package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import java.io.IOException;
import java.util.Arrays;

/** Finds out which rows of a row group need to be looked at at all, and where their pages lie. */
final class GroupPlan {

    /** Gaps between wanted rows that are not worth a new start. */
    private static final int SMALL_GAP = 1 << 10;

    private final OpenDataFile file;
    private final ScanLimits limits;
    private final RowBuffers buffers;
    private final RowBinding binding;
    private final long[] positions;

    /** Of each slot, where known. */
    final PageLocations[] locations;

    GroupPlan(OpenDataFile file, ScanLimits limits, RowBuffers buffers, RowBinding binding, long[] positions) {
        this.file = file;
        this.limits = limits;
        this.buffers = buffers;
        this.binding = binding;
        this.positions = positions;
        locations = new PageLocations[binding.columns.length];
    }

    /** False if statistics exclude all rows. */
    boolean mayMatch(RowGroup group) {
        for (int i = 0; i < binding.tests.size(); i++) {
            if (!binding.tests.get(i).mayMatch(group.chunks()[binding.tested.get(i)])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The rows of the group that may match, by positions and page index.
     *
     * @param first position of the group's first row
     */
    RowRanges ranges(RowGroup group, long first) throws IOException {
        Arrays.fill(locations, null);
        RowRanges ranges = positions == null ? RowRanges.all(group.rows()) : positions(first, group.rows());
        boolean selective = positions != null || !binding.tests.isEmpty();
        if (!selective || ranges.count() == 0) {
            return ranges;
        }
        Index index = new Index(group);
        for (int slot = 0; slot < locations.length; slot++) {
            Chunk chunk = binding.readers[slot] == null ? null : group.chunks()[slot];
            if (chunk != null && chunk.detail().offsetIndex() != null) {
                binding.blame(slot);
                locations[slot] = index.locations(chunk);
            }
        }
        for (int i = 0; i < binding.tests.size(); i++) {
            int slot = binding.tested.get(i);
            Chunk chunk = group.chunks()[slot];
            if (locations[slot] != null && chunk.detail().columnIndex() != null) {
                binding.blame(slot);
                ranges = ranges.and(index.bounds(chunk).ranges(locations[slot], binding.tests.get(i)));
            }
        }
        binding.blameNone();
        return ranges;
    }

    private RowRanges positions(long first, long rows) {
        RowRanges.Builder ranges = new RowRanges.Builder();
        int from = Arrays.binarySearch(positions, first);
        int i = from < 0 ? -from - 1 : from;
        while (i < positions.length && positions[i] < first + rows) {
            long start = positions[i];
            long last = start;
            while (i < positions.length && positions[i] < first + rows && positions[i] - last <= SMALL_GAP) {
                last = positions[i++];
            }
            ranges.add(start - first, last + 1 - first);
        }
        return ranges.build();
    }

    /** The indexes of one row group, which lie together near the end of the file. */
    private final class Index {
        private byte[] bytes = {};
        private long start;
        private long end;

        Index(RowGroup group) throws IOException {
            if (file.isWhole()) {
                bytes = buffers.file();
                end = file.footerStart();
                return;
            }
            start = Long.MAX_VALUE;
            for (int slot = 0; slot < locations.length; slot++) {
                if (binding.readers[slot] != null) {
                    include(group.chunks()[slot].detail().offsetIndex());
                }
            }
            for (int slot : binding.tested) {
                include(group.chunks()[slot].detail().columnIndex());
            }
            if (end <= start || end - start > limits.maxFooterBytes()) {
                end = start;
                return;
            }
            bytes = buffers.group((int) (end - start));
            file.read(start, bytes, (int) (end - start));
        }

        private void include(ChunkDetail.Place place) {
            if (place != null) {
                start = Math.min(start, place.start());
                end = Math.max(end, place.end());
            }
        }

        /** Null if there are none that can be. */
        PageLocations locations(Chunk chunk) {
            ThriftReader in = at(chunk.detail().offsetIndex());
            return in == null ? null : PageLocations.read(in, chunk);
        }

        PageBounds bounds(Chunk chunk) {
            return new PageBounds(at(chunk.detail().columnIndex()), bytes);
        }

        private ThriftReader at(ChunkDetail.Place place) {
            if (start == end) {
                return null;
            }
            int at = (int) (place.start() - start);
            return buffers.thrift.reset(bytes, at, at + place.length());
        }
    }
}
