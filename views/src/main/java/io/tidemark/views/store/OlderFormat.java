package io.tidemark.views.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A look at a database that lacks column families of this format. To open it for writing would add them, and the older
 * Tidemark, which is told to be used instead, could not open it any more.
 */
final class OlderFormat {

    private OlderFormat() {}

    /** The record of what such a database is of; empty if it has all families, or never came so far as to have the record. */
    static Optional<byte[]> identity(Path database) {
        if (!Files.exists(database.resolve("CURRENT"))) {
            return Optional.empty();
        }
        RocksDB.loadLibrary();
        try (Options options = new Options()) {
            int families =
                    RocksDB.listColumnFamilies(options, database.toString()).size();
            return families >= Family.values().length
                    ? Optional.empty()
                    : Optional.ofNullable(MetaGlance.at(database, records -> records.get(MetaTable.IDENTITY)));
        } catch (RocksDBException e) {
            return Optional.empty(); // what is wrong with it is found and told when it is opened
        }
    }
}
