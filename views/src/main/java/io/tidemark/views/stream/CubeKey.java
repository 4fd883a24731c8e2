package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.store.FileKey;

/**
 * Key of a record of the topic {@code cube}: what it is about. The topic is compacted, so that what is there under each key is how
 * it is now; the version record says from where on.
 *
 * @param first hour, dimension, version, or the first half of a file's key; 0 where there is nothing to say
 * @param second number within a dimension, or the second half of a file's key; 0 where there is nothing to say
 */
record CubeKey(Kind kind, TableRef table, long first, long second) {
    private static final Format FORMAT = new Format("the cube", 1);

    /** In records by number: new kinds come last. */
    enum Kind {
        /** Block of an hour, as {@code HourBlockCodec} has it; deleted where no rows are left. */
        HOUR,
        /** Entry of the dictionary, as {@code DictionaryCodec} has it: by dimension and number. Never deleted. */
        WORD,
        /** Live file, as {@code LiveFileCodec} has it; deleted when it is live no longer. */
        FILE,
        /** What is told of a version, as {@code CommitEntryCodec} has it; deleted when there are too many. */
        COMMIT,
        /** The table's metadata, as {@code MetadataCodec} has it. */
        METADATA,
        /** Closes a step: all records before it are of this version, as {@code StateRecord} has it. */
        VERSION,
        /** What the tail is doing, a {@link Report}; of no version. */
        STATUS,
        /** Why the merge cannot go on, a {@link Halt}; deleted when it can. Of no version. */
        HALT
    }

    static CubeKey hour(TableRef table, long hour) {
        return new CubeKey(Kind.HOUR, table, hour, 0);
    }

    static CubeKey word(TableRef table, int dimension, int number) {
        return new CubeKey(Kind.WORD, table, dimension, number);
    }

    static CubeKey file(TableRef table, FileKey file) {
        return new CubeKey(Kind.FILE, table, file.high(), file.low());
    }

    static CubeKey commit(TableRef table, long version) {
        return new CubeKey(Kind.COMMIT, table, version, 0);
    }

    static CubeKey of(Kind kind, TableRef table) {
        return new CubeKey(kind, table, 0, 0);
    }

    byte[] encode() {
        ByteWriter out = FORMAT.begin().writeByte(kind.ordinal());
        table.write(out);
        return out.writeLong(first).writeLong(second).toBytes();
    }

    static CubeKey decode(byte[] bytes) {
        return FORMAT.read(bytes, CubeKey::read);
    }

    private static CubeKey read(ByteReader in) {
        Kind kind = Positions.constant(Kind.values(), in.readByte());
        return new CubeKey(kind, TableRef.read(in), in.readLong(), in.readLong());
    }
}
