package io.tidemark.web.peer;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.cube.Filter;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Filters as bytes: both ends of the range, then by dimension the values, of which each may be null. */
final class FilterCodec {

    private FilterCodec() {}

    static void write(Filter filter, ByteWriter out) {
        write(filter.from(), out);
        write(filter.to(), out);
        out.writeUnsigned(filter.values().size());
        new TreeMap<>(filter.values()).forEach((dimension, values) -> {
            out.writeText(dimension).writeUnsigned(values.size());
            for (Optional<String> value : values) {
                out.writeByte(value.isPresent() ? 1 : 0);
                value.ifPresent(out::writeText);
            }
        });
    }

    private static void write(Optional<Instant> instant, ByteWriter out) {
        out.writeByte(instant.isPresent() ? 1 : 0);
        instant.ifPresent(at -> out.writeSigned(at.getEpochSecond()).writeUnsigned(at.getNano()));
    }

    static Filter read(ByteReader in) {
        Optional<Instant> from = readInstant(in);
        Optional<Instant> to = readInstant(in);
        Map<String, Set<Optional<String>>> values = new HashMap<>();
        for (int dimensions = in.readLength(2); dimensions > 0; dimensions--) {
            String dimension = in.readText();
            Set<Optional<String>> accepted = new HashSet<>();
            for (int i = in.readLength(1); i > 0; i--) {
                accepted.add(in.readByte() == 0 ? Optional.empty() : Optional.of(in.readText()));
            }
            values.put(dimension, accepted);
        }
        return new Filter(from, to, values);
    }

    private static Optional<Instant> readInstant(ByteReader in) {
        return in.readByte() == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(in.readSigned(), in.readUnsigned()));
    }
}
