package io.tidemark.web.command;

/** How the process ends. */
final class ExitCode {
    static final int DONE = 0;
    /** {@code verify} found a difference. */
    static final int DIFFERENT = 1;
    /** Wrong usage or configuration. */
    static final int WRONG_USAGE = 2;
    /** Failed while running. */
    static final int FAILED = 3;

    private ExitCode() {}
}
