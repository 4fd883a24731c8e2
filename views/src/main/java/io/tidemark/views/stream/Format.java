package io.tidemark.views.stream;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.util.function.Function;

/**
 * How one kind of record is laid out: each begins with the number of its layout, so that an instance which is too old for a record
 * says so instead of misreading it.
 *
 * @param what the record, as in "a record of what"
 * @param newest layout that this Tidemark writes and reads
 */
record Format(String what, int newest) {

    ByteWriter begin() {
        return new ByteWriter().writeByte(newest);
    }

    /**
     * Reads a whole record.
     *
     * @throws RecordFormatException if it is of a newer layout, or damaged
     */
    <T> T read(byte[] bytes, Function<ByteReader, T> reader) {
        ByteReader in = new ByteReader(bytes);
        try {
            int format = in.readByte();
            if (format != newest) {
                throw new RecordFormatException(
                        "A record of " + what + " has format " + format + "; this Tidemark reads format " + newest
                                + ". Run the version of Tidemark that the cluster's other instances run.",
                        null);
            }
            T value = reader.apply(in);
            in.readEnd();
            return value;
        } catch (IllegalArgumentException | ArithmeticException | TableException e) {
            throw new RecordFormatException("A record of " + what + " is damaged: " + e.getMessage(), e);
        }
    }
}
