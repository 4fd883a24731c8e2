package io.tidemark.views.quality;

import io.tidemark.views.store.ViewStore;
import java.util.Optional;

/** Where findings outlive a restart. Losing them costs nothing but themselves. Writer thread only. */
public interface Notes {

    /** What was written last; empty if nothing was. */
    Optional<byte[]> read();

    /** @throws io.tidemark.views.store.StateException if it cannot be written */
    void write(byte[] notes);

    /** In a table's store, beside its state. */
    static Notes in(ViewStore store) {
        return new Notes() {
            @Override
            public Optional<byte[]> read() {
                return store.notes();
            }

            @Override
            public void write(byte[] notes) {
                store.keepNotes(notes);
            }
        };
    }
}
