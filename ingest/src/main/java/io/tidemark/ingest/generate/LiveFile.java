package io.tidemark.ingest.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.standalone.actions.AddFile;
import java.io.IOException;
import java.time.Instant;

/**
 * A file of the table, with what its statistics say.
 *
 * @param newest timestamp of its newest event, rounded up
 */
record LiveFile(AddFile add, long rows, Instant newest) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IOException if the statistics are not those that {@link WrittenFile} writes */
    static LiveFile of(AddFile add) throws IOException {
        JsonNode stats = JSON.readTree(add.getStats() == null ? "{}" : add.getStats());
        JsonNode newest = stats.path("maxValues").path("timestamp");
        if (!stats.path("numRecords").isIntegralNumber() || !newest.isTextual()) {
            throw new IOException("The file " + add.getPath() + " has no statistics: it was not written by Tidemark.");
        }
        return new LiveFile(add, stats.path("numRecords").longValue(), Instant.parse(newest.textValue()));
    }
}
