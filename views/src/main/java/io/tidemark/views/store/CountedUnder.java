package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.ByteWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What decides how a file's bytes are counted, and which table a file's name is of, as a SHA-256 digest. Entries of a step that was
 * cut off hold for another step only if this is the same: a table that was made anew may have files of the same names.
 */
final class CountedUnder {
    private CountedUnder() {}

    /** Notes it with entries that are written ahead. */
    static void note(TableMetadata metadata, Batch batch) {
        batch.put(Family.META, MetaTable.COUNTED_UNDER, digest(metadata));
    }

    /** True if what was written ahead was counted so. */
    static boolean isOfEntriesIn(Database database, TableMetadata metadata) {
        return Arrays.equals(digest(metadata), database.get(Family.META, MetaTable.COUNTED_UNDER));
    }

    private static byte[] digest(TableMetadata metadata) {
        ByteWriter out = new ByteWriter()
                .writeText(metadata.id())
                .writeText(metadata.schemaString())
                .writeByte(metadata.idMapping() ? 1 : 0);
        metadata.partitionColumns().forEach(out::writeText);
        try {
            return MessageDigest.getInstance("SHA-256").digest(out.toBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
