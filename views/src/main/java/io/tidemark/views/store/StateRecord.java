package io.tidemark.views.store;

import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The numbers of a state that are not in the cube, as they are stored with each step. The metadata is stored apart: it is
 * big and changes seldom.
 *
 * @param hours number of hour blocks: with {@code rows}, the proof that what is loaded is what was stored
 * @param rows sum of all counts
 */
public record StateRecord(
        Position position,
        String epoch,
        Instant committedAt,
        Instant appliedAt,
        long distinct,
        long files,
        long bytes,
        long hours,
        long rows) {
    private static final int FORMAT = 1;

    public byte[] encode() {
        ByteWriter out = new ByteWriter()
                .writeByte(FORMAT)
                .writeText(position.tableId())
                .writeSigned(position.version())
                .writeText(position.fingerprint())
                .writeText(epoch);
        writeInstant(out, committedAt);
        writeInstant(out, appliedAt);
        out.writeUnsigned(distinct)
                .writeUnsigned(files)
                .writeUnsigned(bytes)
                .writeUnsigned(hours)
                .writeUnsigned(rows);
        return out.toBytes();
    }

    private static void writeInstant(ByteWriter out, Instant instant) {
        out.writeSigned(instant.getEpochSecond()).writeUnsigned(instant.getNano());
    }

    /** @throws IllegalArgumentException if these are not the bytes of a record */
    public static StateRecord decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        StateRecord record = new StateRecord(
                new Position(in.readText(), in.readSigned(), in.readText()),
                in.readText(),
                readInstant(in),
                readInstant(in),
                in.readCount(),
                in.readCount(),
                in.readCount(),
                in.readCount(),
                in.readCount());
        in.readEnd();
        return record;
    }

    private static Instant readInstant(ByteReader in) {
        try {
            return Instant.ofEpochSecond(in.readSigned(), in.readInt());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("an absurd time", e);
        }
    }
}
