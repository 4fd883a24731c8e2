package io.tidemark.views.maintain;

import java.util.List;

/** Tells listeners how far a long step is, a few times a second; nothing of a short one. */
final class Progress {
    private static final long EVERY_NANOS = 100_000_000;

    private final Iterable<StepListener> listeners;
    private long told = System.nanoTime();
    private boolean any;
    private long files;
    private long done;
    private long rows;

    Progress(List<StepListener> listeners) {
        this.listeners = listeners;
    }

    /** One more file to be counted is known. */
    void found() {
        files++;
    }

    void counted(long rowsOfFile) {
        done++;
        rows += rowsOfFile;
        if (System.nanoTime() - told > EVERY_NANOS) {
            any = true;
            tell();
        }
    }

    /** All is counted. */
    void end() {
        if (any) {
            tell();
        }
    }

    private void tell() {
        told = System.nanoTime();
        for (StepListener listener : listeners) {
            Listeners.quietly(() -> listener.onProgress(files, done, rows));
        }
    }
}
