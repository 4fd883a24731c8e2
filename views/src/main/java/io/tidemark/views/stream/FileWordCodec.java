package io.tidemark.views.stream;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.LiveFileCodec;
import io.tidemark.views.store.MetadataCodec;
import io.tidemark.views.stream.FileWord.Change;
import io.tidemark.views.stream.FileWord.Forget;
import io.tidemark.views.stream.FileWord.Terms;
import java.util.Optional;

/** Values of the topic {@code file-changes} as bytes: {@code format, kind}, and what the kind says. */
final class FileWordCodec {
    private static final Format FORMAT = new Format("changes of files", 1);
    private static final int TERMS = 1;
    private static final int CHANGE = 2;
    private static final int FORGET = 3;

    private FileWordCodec() {}

    static byte[] encode(FileWord word) {
        ByteWriter out = FORMAT.begin();
        if (word instanceof Terms terms) {
            out.writeByte(TERMS);
            terms.entry().write(out);
            out.writeUnsigned(terms.number()).writeBytes(MetadataCodec.encode(terms.metadata()));
        } else if (word instanceof Change change) {
            out.writeByte(CHANGE);
            write(change, out);
        } else {
            out.writeByte(FORGET);
            word.table().write(out);
        }
        return out.toBytes();
    }

    private static void write(Change change, ByteWriter out) {
        change.table().write(out);
        out.writeUnsigned(change.step())
                .writeUnsigned(change.ordinal())
                .writeUnsigned(change.terms())
                .writeRaw(change.file().bytes(), 0, FileKey.BYTES)
                .writeByte(change.added().isPresent() ? 1 : 0);
        change.added().ifPresent(file -> out.writeBytes(file(file)));
    }

    /** A file without what is only known once it was read. */
    static byte[] file(DataFile file) {
        return LiveFileCodec.encode(new LiveFile(file, 0, Long.MAX_VALUE, Long.MIN_VALUE, false));
    }

    static FileWord decode(byte[] bytes) {
        return FORMAT.read(bytes, FileWordCodec::read);
    }

    private static FileWord read(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case TERMS ->
                new Terms(
                        TableEntry.read(in), in.readInt(), MetadataCodec.decode(in.readBytes(), TableMetadata::parse));
            case CHANGE ->
                new Change(
                        TableRef.read(in),
                        in.readCount(),
                        in.readCount(),
                        in.readInt(),
                        FileKey.of(in.readRaw(FileKey.BYTES)),
                        in.readByte() == 0
                                ? Optional.empty()
                                : Optional.of(
                                        LiveFileCodec.decode(in.readBytes()).file()));
            case FORGET -> new Forget(TableRef.read(in));
            default -> throw new IllegalArgumentException("a word of the unknown kind " + kind);
        };
    }
}
