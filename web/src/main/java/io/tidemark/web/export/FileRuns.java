package io.tidemark.web.export;

import io.tidemark.views.store.LiveFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Files in their order, some at a time: as many small ones together as are worth a request. For one thread at a time. */
final class FileRuns implements Iterator<List<LiveFile>> {
    private static final int MOST_FILES = 64;
    private static final long MOST_BYTES = 1 << 20;

    private final Iterator<LiveFile> files;
    private final boolean together;
    private LiveFile next; // null: to be asked for

    /** @param together false: each file by itself */
    FileRuns(Iterator<LiveFile> files, boolean together) {
        this.files = files;
        this.together = together;
    }

    @Override
    public boolean hasNext() {
        return next != null || files.hasNext();
    }

    @Override
    public List<LiveFile> next() {
        List<LiveFile> run = new ArrayList<>();
        run.add(next == null ? files.next() : next);
        next = null;
        long bytes = run.get(0).file().size();
        while (together && run.size() < MOST_FILES && files.hasNext()) {
            LiveFile more = files.next();
            bytes += more.file().size();
            if (bytes > MOST_BYTES) {
                next = more;
                break;
            }
            run.add(more);
        }
        return run;
    }
}
