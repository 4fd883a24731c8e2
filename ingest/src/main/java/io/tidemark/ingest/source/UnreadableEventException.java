package io.tidemark.ingest.source;

import java.io.IOException;

/** A record that is no event. The message says why, as the end of a sentence, and holds nothing of it. */
final class UnreadableEventException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String why) {
        super(why);
    }
}
