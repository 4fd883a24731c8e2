package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.CubeSpecCodec;
import java.util.Objects;

/**
 * A line of the registry: value of the topic {@code tables}, whose key is the name.
 *
 * @param uri of the table, without credentials: each instance brings its own
 * @param spec which columns the cube is over, the same on every instance
 * @param followed false once it was removed: the line stays, so that who adds a table under the name knows the next incarnation
 */
public record TableEntry(TableRef ref, String uri, CubeSpec spec, boolean followed) {
    private static final Format FORMAT = new Format("the registry of tables", 1);

    public TableEntry {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(spec, "spec");
    }

    /** Of a table that is followed. */
    public TableEntry(TableRef ref, String uri, CubeSpec spec) {
        this(ref, uri, spec, true);
    }

    TableEntry removed() {
        return new TableEntry(ref, uri, spec, false);
    }

    byte[] encode() {
        ByteWriter out = FORMAT.begin();
        write(out);
        return out.toBytes();
    }

    static TableEntry decode(byte[] bytes) {
        return FORMAT.read(bytes, TableEntry::read);
    }

    void write(ByteWriter out) {
        ref.write(out);
        out.writeText(uri);
        CubeSpecCodec.write(spec, out);
        out.writeByte(followed ? 1 : 0);
    }

    static TableEntry read(ByteReader in) {
        return new TableEntry(TableRef.read(in), in.readText(), CubeSpecCodec.read(in), in.readByte() != 0);
    }
}
