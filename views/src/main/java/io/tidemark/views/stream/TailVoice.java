package io.tidemark.views.stream;

/** Where the tail says what happened; what is said and what is kept of it become true together. */
interface TailVoice {
    void say(FileWord word);

    void say(Piece piece);

    void report(TableRef table, Report report);
}
