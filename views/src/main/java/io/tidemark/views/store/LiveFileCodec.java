package io.tidemark.views.store;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Live files as bytes: {@code format, flags, path, size, rows}, then what the flags say: first hour and the step to the last,
 * deletion vector, partition values.
 */
public final class LiveFileCodec {
    private static final int FORMAT = 1;
    private static final int TIMES = 1;
    private static final int NO_TIME = 2;
    private static final int DELETION_VECTOR = 4;
    private static final int OFFSET = 8;
    private static final int PARTITIONED = 16;

    private LiveFileCodec() {}

    public static byte[] encode(LiveFile live) {
        DataFile file = live.file();
        Optional<DeletionVector> deleted = file.deletionVector();
        int flags = (live.hasTimes() ? TIMES : 0)
                | (live.hasNoTime() ? NO_TIME : 0)
                | (deleted.isPresent() ? DELETION_VECTOR : 0)
                | (deleted.flatMap(DeletionVector::offset).isPresent() ? OFFSET : 0)
                | (file.partitionValues().isEmpty() ? 0 : PARTITIONED);
        ByteWriter out = new ByteWriter()
                .writeByte(FORMAT)
                .writeByte(flags)
                .writeText(file.path())
                .writeUnsigned(file.size())
                .writeUnsigned(live.rows());
        if (live.hasTimes()) {
            out.writeSigned(live.firstHour()).writeUnsigned(live.lastHour() - live.firstHour());
        }
        deleted.ifPresent(dv -> write(dv, out));
        if (!file.partitionValues().isEmpty()) {
            write(file.partitionValues(), out);
        }
        return out.toBytes();
    }

    private static void write(DeletionVector deleted, ByteWriter out) {
        out.writeText(deleted.storageType()).writeText(deleted.pathOrInlineDv());
        deleted.offset().ifPresent(out::writeSigned);
        out.writeSigned(deleted.sizeInBytes()).writeSigned(deleted.cardinality());
    }

    private static void write(Map<String, String> partitionValues, ByteWriter out) {
        out.writeUnsigned(partitionValues.size());
        new TreeMap<>(partitionValues).forEach((column, value) -> {
            out.writeText(column).writeByte(value == null ? 0 : 1);
            if (value != null) {
                out.writeText(value);
            }
        });
    }

    /** @throws IllegalArgumentException if these are not the bytes of a live file */
    public static LiveFile decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        int flags = in.readByte();
        String path = in.readText();
        long size = in.readCount();
        long rows = in.readCount();
        boolean times = (flags & TIMES) != 0;
        long first = times ? in.readSigned() : Long.MAX_VALUE;
        long last = times ? first + in.readUnsigned() : Long.MIN_VALUE;
        Optional<DeletionVector> deleted =
                (flags & DELETION_VECTOR) == 0 ? Optional.empty() : Optional.of(deletionVector(in, flags));
        Map<String, String> partitionValues = (flags & PARTITIONED) == 0 ? Map.of() : partitionValues(in);
        in.readEnd();
        DataFile file = new DataFile(path, deleted, partitionValues, size, Optional.empty());
        return new LiveFile(file, rows, first, last, (flags & NO_TIME) != 0);
    }

    private static DeletionVector deletionVector(ByteReader in, int flags) {
        return new DeletionVector(
                in.readText(),
                in.readText(),
                (flags & OFFSET) == 0 ? Optional.empty() : Optional.of(Math.toIntExact(in.readSigned())),
                Math.toIntExact(in.readSigned()),
                in.readSigned());
    }

    private static Map<String, String> partitionValues(ByteReader in) {
        Map<String, String> values = new HashMap<>();
        for (int i = in.readLength(2); i > 0; i--) {
            String column = in.readText();
            values.put(column, in.readByte() == 0 ? null : in.readText());
        }
        return values;
    }
}
