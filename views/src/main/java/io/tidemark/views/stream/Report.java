package io.tidemark.views.stream;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the tail of a table is doing, said to all instances: at once when it changes, else every second or two, so that silence means
 * that nobody follows the table.
 */
record Report(TailStatus status) {
    private static final Format FORMAT = new Format("the tail's status", 1);

    byte[] encode() {
        ByteWriter out = FORMAT.begin().writeByte(status.state().ordinal());
        out.writeByte(status.reason().isPresent() ? 1 : 0);
        status.reason().ifPresent(out::writeText);
        out.writeSigned(status.logVersion());
        out.writeByte(status.currentAt().isPresent() ? 1 : 0);
        status.currentAt().ifPresent(at -> out.writeSigned(at.getEpochSecond()).writeUnsigned(at.getNano()));
        return out.toBytes();
    }

    static Report decode(byte[] bytes) {
        return FORMAT.read(bytes, Report::read);
    }

    private static Report read(ByteReader in) {
        TailState state = Positions.constant(TailState.values(), in.readByte());
        Optional<String> reason = in.readByte() == 0 ? Optional.empty() : Optional.of(in.readText());
        long logVersion = in.readSigned();
        Optional<Instant> currentAt = in.readByte() == 0 ? Optional.empty() : Optional.of(instant(in));
        return new Report(new TailStatus(state, reason, logVersion, currentAt));
    }

    private static Instant instant(ByteReader in) {
        try {
            return Instant.ofEpochSecond(in.readSigned(), in.readInt());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("an absurd time", e);
        }
    }
}
