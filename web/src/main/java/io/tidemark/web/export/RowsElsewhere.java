package io.tidemark.web.export;

import io.tidemark.views.query.FileWork;
import io.tidemark.views.store.LiveFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where else than in this process files of an export may be read. For any thread. */
public interface RowsElsewhere {

    /**
     * Looks once, at the beginning of an export.
     *
     * @throws io.tidemark.views.query.ScanPeerException if that is not known at the moment
     */
    Places places(FileWork work);

    /** The places for one export. */
    interface Places {
        /** How many threads may wait for other places. */
        int readers();

        /** Where a run of files that follow one another is to be read; empty: here. */
        Optional<Place> of(List<LiveFile> run);
    }

    /** One place. */
    interface Place {
        /**
         * Reads files, one after the other.
         *
         * @param check called now and then; what it throws, this throws
         * @param chunks takes whole rows, the same bytes in all as when they are read here; may wait
         * @throws io.tidemark.views.query.ScanPeerException if it does not bring all of them; what came is right so far
         */
        void read(List<LiveFile> run, ExportFormat format, boolean raw, Runnable check, Consumer<byte[]> chunks);
    }
}
