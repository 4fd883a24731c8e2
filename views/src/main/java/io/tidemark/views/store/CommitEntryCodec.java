package io.tidemark.views.store;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.cube.ChangedGroups;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries of the history as bytes; each holds its step, so that any of them may go without the others. */
public final class CommitEntryCodec {
    private static final int FORMAT = 1;

    private CommitEntryCodec() {}

    public static byte[] encode(CommitEntry entry) {
        ByteWriter out = new ByteWriter().writeByte(FORMAT);
        write(entry.note(), out);
        write(out, entry.step());
        return out.toBytes();
    }

    /** A note as part of something else. */
    public static void write(CommitNote note, ByteWriter out) {
        out.writeSigned(note.version());
        write(out, note.committedAt());
        write(out, note.operation());
        write(out, note.engine());
        write(out, note.user());
        out.writeByte(note.actions().isPresent() ? 1 : 0);
        note.actions()
                .ifPresent(actions -> out.writeUnsigned(actions.filesAdded())
                        .writeUnsigned(actions.filesRemoved())
                        .writeUnsigned(actions.bytesAdded()));
    }

    private static void write(ByteWriter out, StepEffect step) {
        out.writeByte(step.kind().ordinal()).writeSigned(step.from()).writeSigned(step.to());
        write(out, step.appliedAt());
        out.writeUnsigned(step.filesAdded())
                .writeUnsigned(step.filesRemoved())
                .writeUnsigned(step.bytesAdded())
                .writeUnsigned(step.bytesRemoved())
                .writeUnsigned(step.rowsAdded())
                .writeUnsigned(step.rowsRemoved())
                .writeSigned(step.events())
                .writeSigned(step.distinct())
                .writeByte(step.groups().isPresent() ? 1 : 0);
        step.groups().ifPresent(groups -> {
            out.writeUnsigned(groups.hours()).writeUnsigned(groups.pairs());
            out.writeUnsigned(groups.values().size());
            groups.values().forEach(out::writeUnsigned);
        });
    }

    private static void write(ByteWriter out, Instant instant) {
        out.writeSigned(instant.getEpochSecond()).writeUnsigned(instant.getNano());
    }

    private static void write(ByteWriter out, Optional<String> text) {
        out.writeByte(text.isPresent() ? 1 : 0);
        text.ifPresent(out::writeText);
    }

    /** @throws IllegalArgumentException if these are not the bytes of an entry */
    public static CommitEntry decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        CommitEntry entry = new CommitEntry(readNote(in), step(in));
        in.readEnd();
        return entry;
    }

    /** @throws IllegalArgumentException if what comes next is no note */
    public static CommitNote readNote(ByteReader in) {
        return new CommitNote(
                in.readSigned(),
                instant(in),
                text(in),
                text(in),
                text(in),
                in.readByte() == 0
                        ? Optional.empty()
                        : Optional.of(new CommitNote.Actions(in.readCount(), in.readCount(), in.readCount())));
    }

    private static StepEffect step(ByteReader in) {
        int kind = in.readByte();
        if (kind < 0 || kind >= StepEffect.Kind.values().length) {
            throw new IllegalArgumentException("a step of the unknown kind " + kind);
        }
        return new StepEffect(
                StepEffect.Kind.values()[kind],
                in.readSigned(),
                in.readSigned(),
                instant(in),
                in.readCount(),
                in.readCount(),
                in.readCount(),
                in.readCount(),
                in.readCount(),
                in.readCount(),
                in.readSigned(),
                in.readSigned(),
                in.readByte() == 0 ? Optional.empty() : Optional.of(groups(in)));
    }

    private static ChangedGroups groups(ByteReader in) {
        long hours = in.readCount();
        long pairs = in.readCount();
        List<Long> values = new ArrayList<>();
        for (int i = in.readLength(1); i > 0; i--) {
            values.add(in.readCount());
        }
        return new ChangedGroups(hours, values, pairs);
    }

    private static Optional<String> text(ByteReader in) {
        return in.readByte() == 0 ? Optional.empty() : Optional.of(in.readText());
    }

    private static Instant instant(ByteReader in) {
        try {
            return Instant.ofEpochSecond(in.readSigned(), in.readInt());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("an absurd time", e);
        }
    }
}
