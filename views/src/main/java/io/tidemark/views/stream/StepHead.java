package io.tidemark.views.stream;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.store.CommitEntryCodec;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.MetadataCodec;
import io.tidemark.views.store.StepEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is true of a step as a whole, beside its files.
 *
 * @param changes number of its changes
 * @param dimensions number of dimensions that its files are counted by
 * @param position after it
 * @param metadata after it; empty: as before
 * @param epoch that begins with it; empty: none does
 * @param notes of its versions, ascending; the last is the position's
 */
record StepHead(
        long changes,
        int dimensions,
        Position position,
        Optional<TableMetadata> metadata,
        Optional<String> epoch,
        StepEffect.Kind kind,
        List<CommitNote> notes) {
    StepHead {
        notes = List.copyOf(notes);
    }

    void write(ByteWriter out) {
        out.writeUnsigned(changes).writeUnsigned(dimensions);
        Positions.write(position, out);
        out.writeByte(metadata.isPresent() ? 1 : 0);
        metadata.ifPresent(changed -> out.writeBytes(MetadataCodec.encode(changed)));
        out.writeByte(epoch.isPresent() ? 1 : 0);
        epoch.ifPresent(out::writeText);
        out.writeByte(kind.ordinal()).writeUnsigned(notes.size());
        notes.forEach(note -> CommitEntryCodec.write(note, out));
    }

    static StepHead read(ByteReader in) {
        long changes = in.readCount();
        int dimensions = in.readInt();
        Position position = Positions.read(in);
        Optional<TableMetadata> metadata = in.readByte() == 0
                ? Optional.empty()
                : Optional.of(MetadataCodec.decode(in.readBytes(), TableMetadata::parse));
        Optional<String> epoch = in.readByte() == 0 ? Optional.empty() : Optional.of(in.readText());
        StepEffect.Kind kind = Positions.constant(StepEffect.Kind.values(), in.readByte());
        List<CommitNote> notes = new ArrayList<>();
        for (int i = in.readLength(3); i > 0; i--) {
            notes.add(CommitEntryCodec.readNote(in));
        }
        return new StepHead(changes, dimensions, position, metadata, epoch, kind, notes);
    }
}
