package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.time.Instant;

/** The bytes of a commit, line by line. */
final class CommitParser {

    /** @param shape tells whether it is plainly all there */
    record Parsed(Commit commit, CommitShape shape) {}

    /** The bytes end where a line has not ended; what was there before may be right, and may not be all. */
    static final class TornException extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param message for users: where the text ends, without what to do about it */
        TornException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private CommitParser() {}

    /**
     * @param modified when the commit's object was written
     * @throws TornException if there is nothing, or the last line is not JSON
     * @throws TableException if another line is not, or an action cannot be understood; names file and line
     */
    static Parsed parse(TableFiles files, LogLimits limits, long version, byte[] bytes, Instant modified)
            throws TornException {
        String file = LogPaths.commit(version);
        CommitBuilder commit = new CommitBuilder(limits.maxCommitMemory());
        ActionParser actions = new ActionParser(files, commit);
        int last = endOfText(bytes);
        if (last == 0) {
            throw new TornException("[" + file + "] is empty", null);
        }
        int line = 1;
        for (int from = 0; from < last; line++) {
            int end = endOfLine(bytes, from, last);
            if (!isBlank(bytes, from, end)) {
                try {
                    parseLine(actions, limits, bytes, from, end, "[" + file + " line " + line + "] ");
                } catch (SyntaxException e) {
                    if (end == last) {
                        throw new TornException("[" + file + "] ends in the middle of line " + line, e);
                    }
                    throw new TableException(e.getMessage(), e);
                }
            }
            from = end + 1;
        }
        try {
            return new Parsed(
                    commit.build(version, modified, Fingerprint.of(bytes)),
                    commit.shape(bytes[bytes.length - 1] == '\n'));
        } catch (TableException e) {
            throw new TableException("[" + file + "] " + e.getMessage(), e);
        }
    }

    private static void parseLine(ActionParser actions, LogLimits limits, byte[] bytes, int from, int end, String where)
            throws SyntaxException {
        if (end - from > limits.maxLineBytes()) {
            throw new TableException(
                    where + "A line of " + (end - from) + " bytes; at most " + limits.maxLineBytes() + " are read.");
        }
        try {
            actions.parse(bytes, from, end - from);
        } catch (TableException e) {
            throw new TableException(where + e.getMessage(), e);
        } catch (StreamConstraintsException e) {
            throw new TableException(where + "Beyond the limits of a commit: " + reason(e), e);
        } catch (IOException e) {
            throw new SyntaxException(where + "Not a JSON action: " + reason(e) + ". Repair or restore the file.", e);
        }
    }

    /** Jackson's message without the place, which counts from the line's beginning and quotes the bytes. */
    private static String reason(IOException e) {
        return Failures.shortened(
                e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage(), e);
    }

    /** Where the last line with anything on it ends. */
    private static int endOfText(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && isSpace(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private static int endOfLine(byte[] bytes, int from, int last) {
        int end = from;
        while (end < last && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (!isSpace(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
