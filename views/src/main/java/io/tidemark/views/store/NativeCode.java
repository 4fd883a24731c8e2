package io.tidemark.views.store;

import org.rocksdb.RocksDB;

/** RocksDB's native code, which is unpacked from its jar to a file at each start. */
public final class NativeCode {
    private NativeCode() {}

    /** Begins to load it on a thread of its own: a tenth of a start, for which a processor is idle early on. */
    public static void loadAhead() {
        Thread thread = new Thread(NativeCode::load, "tidemark-start-native");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | LinkageError e) {
            // Whoever needs it tries again, and tells the user.
        }
    }
}
