package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A table of the cluster.
 *
 * @param name in paths
 * @param incarnation counts how often a table was added under the name, from 1: what is still under way of an earlier one is told
 *     apart by it
 */
public record TableRef(String name, long incarnation) {
    public TableRef {
        Objects.requireNonNull(name, "name");
    }

    /** Key of a record that is about the whole table. */
    byte[] key() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    void write(ByteWriter out) {
        out.writeText(name).writeLong(incarnation);
    }

    static TableRef read(ByteReader in) {
        return new TableRef(in.readText(), in.readLong());
    }
}
