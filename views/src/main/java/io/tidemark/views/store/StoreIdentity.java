package io.tidemark.views.store;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.CubeSpecCodec;
import java.util.List;

/**
 * What a state directory is of. Written once, when it is made.
 *
 * @param tableUri without credentials
 */
record StoreIdentity(String tableUri, CubeSpec spec) {
    /** Of everything in the store; to be raised with any change that an older Tidemark would read wrongly. */
    static final int FORMAT = 2;

    byte[] encode() {
        ByteWriter out = new ByteWriter().writeByte(FORMAT).writeText(tableUri);
        CubeSpecCodec.write(spec, out);
        return out.toBytes();
    }

    private static StoreIdentity decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        String tableUri = in.readText();
        CubeSpec spec = CubeSpecCodec.read(in);
        in.readEnd();
        return new StoreIdentity(tableUri, spec);
    }

    /**
     * Checks what is stored against what was asked for.
     *
     * @param stored as {@link #encode} made it, maybe by another version of Tidemark
     * @throws StateException if they differ
     */
    void check(byte[] stored) {
        if (stored.length > 0 && stored[0] != FORMAT) {
            throw new StateException("The state directory has format " + stored[0] + "; this Tidemark reads format "
                    + FORMAT + ". Use the Tidemark that wrote it. Or: " + Remedy.START_ANEW);
        }
        StoreIdentity found;
        try {
            found = decode(stored);
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("the record of what it is of cannot be read", e);
        }
        if (!found.tableUri.equals(tableUri)) {
            throw new StateException("The state directory is of the table " + found.tableUri + ", not of " + tableUri
                    + ". " + Remedy.START_ANEW);
        }
        if (!found.spec.equals(spec)) {
            throw new StateException("The state directory was made with " + describe(found.spec) + "; now it is "
                    + describe(spec) + ". " + Remedy.START_ANEW);
        }
    }

    private static String describe(CubeSpec spec) {
        List<String> dimensions = spec.dimensions().stream()
                .map(d -> d.name().equals(d.column()) ? d.name() : d.name() + "=" + d.column())
                .toList();
        return "time column " + spec.timeColumn().orElse("(none)") + ", dimensions "
                + (dimensions.isEmpty() ? "(none)" : String.join(",", dimensions)) + ", distinct column "
                + spec.distinctColumn().orElse("(none)");
    }
}
