package io.tidemark.views.stream;

/**
 * What the merge hears of a step, in whatever order: a record of the topic {@code contributions}, whose key is the table's name. A
 * step is whole when its head is there and an answer to each of its changes.
 */
sealed interface Piece {
    TableRef table();

    /** By the tail: the step is said in full. */
    record Head(TableRef table, long step, StepHead head) implements Piece {}

    /**
     * By a scan: what a change adds or takes back, a {@link FileShare}, or a part of it where all is too long for a record.
     *
     * @param added true if the file comes, false if it goes
     * @param chunk number of the part, from 0
     * @param chunks number of parts
     */
    record Share(TableRef table, long step, long ordinal, boolean added, int chunk, int chunks, byte[] bytes)
            implements Piece {}

    /**
     * By a scan: a file could not be read and left the table before it was; neither its coming nor its going counts anything. The
     * step may only be shown together with the one that the file leaves in.
     *
     * @param until number of that step
     */
    record Blank(TableRef table, long step, long ordinal, long until) implements Piece {}

    /**
     * By a scan: a file cannot be read for now. Followed by one of the other answers when it can, or has left the table.
     *
     * @param gone whether it is not there any more
     * @param reason for users
     */
    record Failure(TableRef table, long step, long ordinal, boolean gone, String reason) implements Piece {}

    /** By the tail: the table is followed no longer. */
    record Forget(TableRef table) implements Piece {}
}
