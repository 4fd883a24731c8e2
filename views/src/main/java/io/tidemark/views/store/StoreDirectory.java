package io.tidemark.views.store;

import io.tidemark.views.cube.CubeSpec;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A state directory, and the ways to open the store in it that {@link ViewStore} offers. */
record StoreDirectory(Path path, CubeSpec spec, String tableUri) {
    /** Where RocksDB's own files are in a state directory. */
    static Path database(Path directory) {
        return directory.resolve("rocksdb");
    }

    private Path database() {
        return database(path);
    }

    ViewStore open(StoreSettings settings) {
        StoreIdentity identity = new StoreIdentity(tableUri, spec);
        OlderFormat.identity(database()).ifPresent(identity::check);
        try {
            return in(DatabaseOptions.open(database()), identity, settings);
        } catch (TooLargeException e) {
            throw new StateException(e.getMessage(), e);
        }
    }

    ViewStore openOrStartAnew(Consumer<String> told) {
        try {
            return open(StoreSettings.DEFAULT);
        } catch (DamagedStateException e) {
            SetAside.move(database());
            told.accept(e.found());
            return open(StoreSettings.DEFAULT);
        }
    }

    ViewStore openReplica() {
        Database database;
        try {
            database = DatabaseOptions.open(database());
        } catch (DamagedStateException e) {
            SetAside.move(database());
            database = DatabaseOptions.open(database());
        }
        try {
            database.clear();
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
        // Under a name that no table has, so that nobody who makes steps takes it for a state of his.
        return in(database, new StoreIdentity("replica of " + tableUri, spec), StoreSettings.DEFAULT);
    }

    /** The store of a database, which is closed if that fails. */
    private static ViewStore in(Database database, StoreIdentity identity, StoreSettings settings) {
        try {
            MetaTable.check(database, identity);
            return new ViewStore(database, identity, settings);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }
}
