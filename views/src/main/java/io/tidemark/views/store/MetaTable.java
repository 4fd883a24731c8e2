package io.tidemark.views.store;

import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The entries of {@link Family#META}. */
final class MetaTable {
    static final byte[] IDENTITY = "identity".getBytes(StandardCharsets.UTF_8);
    static final byte[] STATE = "state".getBytes(StandardCharsets.UTF_8);
    /** Number of the step that wrote counts of distinct values ahead. */
    static final byte[] UNSETTLED = "unsettled".getBytes(StandardCharsets.UTF_8);
    /** The same, once it is committed. */
    static final byte[] UNSETTLED_HOLDS = "unsettled-holds".getBytes(StandardCharsets.UTF_8);

    /** Of what the files were read that steps wrote ahead. */
    static final byte[] COUNTED_UNDER = "counted-under".getBytes(StandardCharsets.UTF_8);

    private static final byte[] METADATA = "metadata".getBytes(StandardCharsets.UTF_8);

    private static final byte[] NOTES = "notes".getBytes(StandardCharsets.UTF_8);

    private MetaTable() {}

    /** What a listener wanted to remember; empty if nothing. */
    static Optional<byte[]> notes(Database database) {
        return Optional.ofNullable(database.get(Family.META, NOTES));
    }

    static void writeNotes(Database database, byte[] notes) {
        try (Batch batch = new Batch(database)) {
            batch.put(Family.META, NOTES, notes);
            database.write(batch);
        }
    }

    /**
     * Checks what the directory is of; a new one becomes what it should be.
     *
     * @throws StateException if it is of something else
     */
    static void check(Database database, StoreIdentity identity) {
        byte[] stored = database.get(Family.META, IDENTITY);
        if (stored != null) {
            identity.check(stored);
            return;
        }
        for (Family family : Family.values()) {
            if (!database.isEmpty(family)) {
                throw Remedy.damaged("the record of what it is of is missing");
            }
        }
        try (Batch batch = new Batch(database)) {
            batch.put(Family.META, IDENTITY, identity.encode());
            database.writeSynced(batch);
        }
    }

    /** What was last stored; empty before the first step. */
    static Optional<StateRecord> state(Database database) {
        return decode(database.get(Family.META, STATE));
    }

    /** As above, of a moment. */
    static Optional<StateRecord> state(DatabaseSnapshot snapshot) {
        return decode(snapshot.get(Family.META, STATE));
    }

    private static Optional<StateRecord> decode(byte[] stored) {
        try {
            return Optional.ofNullable(stored).map(StateRecord::decode);
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("the state record cannot be read", e);
        }
    }

    /** The metadata that belongs to the state. */
    static TableMetadata metadata(Database database, MetadataCodec.Parser parser) {
        byte[] stored = database.get(Family.META, METADATA);
        if (stored == null) {
            throw Remedy.damaged("the table's metadata is missing");
        }
        try {
            return MetadataCodec.decode(stored, parser);
        } catch (IllegalArgumentException | TableException e) {
            throw Remedy.damaged("the table's metadata cannot be read", e);
        }
    }

    /** @param metadata null: as before */
    static void write(Batch batch, StateRecord state, TableMetadata metadata) {
        batch.put(Family.META, STATE, state.encode());
        if (metadata != null) {
            batch.put(Family.META, METADATA, MetadataCodec.encode(metadata));
        }
    }
}
