package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which columns a cube is over, as part of a record: time column, names and columns of the dimensions, distinct column. */
public final class CubeSpecCodec {

    private CubeSpecCodec() {}

    public static void write(CubeSpec spec, ByteWriter out) {
        writeOptional(out, spec.timeColumn());
        out.writeUnsigned(spec.dimensions().size());
        for (Dimension dimension : spec.dimensions()) {
            out.writeText(dimension.name()).writeText(dimension.column());
        }
        writeOptional(out, spec.distinctColumn());
    }

    /** @throws IllegalArgumentException if what comes next is no such thing */
    public static CubeSpec read(ByteReader in) {
        Optional<String> timeColumn = readOptional(in);
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = in.readLength(2); i > 0; i--) {
            dimensions.add(new Dimension(in.readText(), in.readText()));
        }
        return new CubeSpec(timeColumn, dimensions, readOptional(in));
    }

    private static void writeOptional(ByteWriter out, Optional<String> text) {
        out.writeByte(text.isPresent() ? 1 : 0);
        text.ifPresent(out::writeText);
    }

    private static Optional<String> readOptional(ByteReader in) {
        return in.readByte() == 0 ? Optional.empty() : Optional.of(in.readText());
    }
}
