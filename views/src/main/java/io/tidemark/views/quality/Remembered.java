package io.tidemark.views.quality;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.store.ViewState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What outlives a restart: findings, and the rhythm of the writer.
 *
 * @param tableId of the table that it is about
 * @param epoch of the history that it is about
 */
record Remembered(String tableId, String epoch, List<Finding> findings, WriterRhythm rhythm) {
    private static final int FORMAT = 1;

    static Remembered of(ViewState state, List<Finding> findings, WriterRhythm rhythm) {
        return new Remembered(state.metadata().id(), state.epoch(), findings, rhythm);
    }

    boolean isAbout(ViewState state) {
        return tableId.equals(state.metadata().id()) && epoch.equals(state.epoch());
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().writeByte(FORMAT).writeText(tableId).writeText(epoch);
        out.writeByte(rhythm.last().isPresent() ? 1 : 0);
        rhythm.last().ifPresent(last -> write(out, last));
        write(out, rhythm.intervals());
        write(out, rhythm.longPauses());
        out.writeUnsigned(findings.size());
        for (Finding finding : findings) {
            out.writeText(finding.kind().title())
                    .writeText(finding.subject())
                    .writeSigned(finding.since())
                    .writeSigned(finding.version());
            write(out, finding.at());
            out.writeUnsigned(finding.count()).writeText(finding.message());
        }
        return out.toBytes();
    }

    private static void write(ByteWriter out, Instant at) {
        out.writeSigned(at.getEpochSecond()).writeUnsigned(at.getNano());
    }

    private static void write(ByteWriter out, long[] times) {
        out.writeUnsigned(times.length);
        for (long time : times) {
            out.writeUnsigned(time);
        }
    }

    /** @throws IllegalArgumentException if these are not the bytes of it, or are of a Tidemark to come */
    static Remembered decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        String tableId = in.readText();
        String epoch = in.readText();
        Instant last = in.readByte() == 0 ? null : readInstant(in);
        WriterRhythm rhythm = WriterRhythm.of(last, readTimes(in), readTimes(in));
        List<Finding> findings = new ArrayList<>();
        for (int i = in.readLength(7); i > 0; i--) {
            String kind = in.readText();
            String subject = in.readText();
            long since = in.readSigned();
            long version = in.readSigned();
            Instant at = readInstant(in);
            long count = in.readCount();
            String message = in.readText();
            FindingKind.of(kind)
                    .map(known -> new Finding(known, subject, since, version, at, count, message))
                    .ifPresent(findings::add);
        }
        in.readEnd();
        return new Remembered(tableId, epoch, findings, rhythm);
    }

    private static Instant readInstant(ByteReader in) {
        try {
            return Instant.ofEpochSecond(in.readSigned(), in.readInt());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("an absurd time", e);
        }
    }

    private static long[] readTimes(ByteReader in) {
        long[] times = new long[in.readLength(1)];
        for (int i = 0; i < times.length; i++) {
            times[i] = in.readCount();
        }
        return times;
    }
}
