package io.tidemark.views.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * What to do about a state that cannot be used. Only what is told at a start, to whoever starts it, names the directory: the other
 * messages may reach clients.
 */
final class Remedy {
    static final String START_ANEW =
            "Delete the state directory, or give another --state-dir: the views are built anew from the table.";

    private static final String NO_SPACE =
            "no space is left on the disk of the state directory. Free some, or make it larger: nothing else has to be done";
    private static final String READ_ONLY =
            "the state directory cannot be written (it is read-only, or its permissions changed). Make it writable: nothing"
                    + " else has to be done";

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
        Status.Code code = code(e);
        if (code == Status.Code.Corruption) {
            return damaged(doing + " found it corrupt", e);
        }
        String said = String.valueOf(e.getMessage());
        if (isNoSpace(e) || saysNoSpace(said)) {
            return new StateException(doing + " failed: " + NO_SPACE + ".", e);
        }
        if (saysReadOnly(said)) {
            return new StateException(doing + " failed: " + READ_ONLY + ".", e);
        }
        return new StateException(
                doing + " failed" + (code == null ? "" : " (" + code + ")")
                        + ". Check the disk of the state directory.",
                e);
    }

    /** A failure to write a file beside the database. */
    static StateException of(IOException e) {
        String said = kind(e);
        if (saysNoSpace(said)) {
            return new StateException("Writing the state failed: " + NO_SPACE + ".", e);
        }
        if (saysReadOnly(said) || e instanceof AccessDeniedException) {
            return new StateException("Writing the state failed: " + READ_ONLY + ".", e);
        }
        return new StateException(
                "The state directory cannot be written (" + said + "). Check its disk; it is tried again.", e);
    }

    /**
     * What has become of the attempt to open a database.
     *
     * @param name of its directory, as it may be told
     */
    static StateException opening(String name, RocksDBException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("lock hold by current process") || message.contains("While lock file")) {
            return new StateException(
                    name + " is in use by another Tidemark process. Stop it, or give another --state-dir.", e);
        }
        if (saysReadOnly(message)) {
            return new StateException(name + " cannot be written. Make it writable, or give another --state-dir.", e);
        }
        if (isNoSpace(e) || saysNoSpace(message)) {
            return new StateException(
                    "No space is left on the disk of the state. Free some, or make it larger: " + name
                            + " cannot be opened until then.",
                    e);
        }
        if (message.contains("Column families not opened")) {
            return new StateException(name + " was written by a newer Tidemark. Use that one. Or: " + START_ANEW, e);
        }
        // A file that is missing is damage. Any other trouble with reading may pass, and says nothing about what is
        // stored.
        if (code(e) == Status.Code.IOError && !message.contains("No such file")) {
            return new StateException(
                    name + " cannot be read or written. Check its disk, or give another --state-dir.", e);
        }
        return damaged("it cannot be opened" + (code(e) == null ? "" : " (" + code(e) + ")"), e);
    }

    private static Status.Code code(RocksDBException e) {
        return e.getStatus() == null ? null : e.getStatus().getCode();
    }

    private static boolean isNoSpace(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace;
    }

    private static boolean saysNoSpace(String message) {
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static boolean saysReadOnly(String message) {
        return message.contains("Permission denied") || message.contains("Read-only file system");
    }

    /** The reason that the system gives, or else the kind of exception. */
    static String kind(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        // Of other exceptions the message may hold a path.
        String reason = e instanceof FileSystemException of ? of.getReason() : null;
        boolean known = e.getMessage() != null && saysNoSpace(e.getMessage());
        return reason != null
                ? reason
                : known ? "No space left on device" : e.getClass().getSimpleName();
    }
}
