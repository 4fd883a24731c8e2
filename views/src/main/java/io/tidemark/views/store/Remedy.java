package io.tidemark.views.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What to do about a state that cannot be used. Names no path: these messages may reach clients. */
final class Remedy {
    static final String START_ANEW =
            "Delete the state directory, or give another --state-dir: the views are built anew from the table.";

    private Remedy() {}

    /** @param what part cannot be used, and why */
    static StateException damaged(String what, Throwable cause) {
        return new DamagedStateException("The stored state is damaged: " + what, START_ANEW, cause);
    }

    static StateException damaged(String what) {
        return damaged(what, null);
    }

    /** @param doing what failed, as in "reading the ledger" */
    static StateException of(RocksDBException e, String doing) {
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return damaged(doing + " found it corrupt", e);
        }
        if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
            return new StateException(doing + " failed: no space is left on the disk of the state directory.", e);
        }
        return new StateException(
                doing + " failed" + (status == null ? "" : " (" + status.getCode() + ")")
                        + ". Check the disk of the state directory.",
                e);
    }
}
