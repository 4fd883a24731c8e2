package io.tidemark.web.engine;

/**
 * How far the step that is being made has come; the last step's when none is.
 *
 * @param files to be counted, as far as known
 * @param filesDone of them
 * @param rowsPerSecond counted lately; 0 when nothing is being counted
 */
public record Progress(long files, long filesDone, long rowsPerSecond) {

    public static final Progress NONE = new Progress(0, 0, 0);
}
