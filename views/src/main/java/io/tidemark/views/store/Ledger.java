package io.tidemark.views.store;

import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.ContributionCodec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.HourBlock;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Contributions by file, and beside them in {@link Family#FILES} what the file is. An entry is live unless the file is also in {@link Family#AHEAD}: then it was written ahead of its
 * step, and becomes live when the step's batch deletes all of those. Each of those says which step it belongs to.
 */
final class Ledger {
    private final Database database;
    private final Dictionary dictionary;
    private boolean ahead;

    Ledger(Database database, Dictionary dictionary) {
        this.database = database;
        this.dictionary = dictionary;
        ahead = !database.isEmpty(Family.AHEAD);
    }

    /** True if some entries may be written ahead; false in the usual case, where nothing need be asked. */
    boolean hasAhead() {
        return ahead;
    }

    void setAhead(boolean ahead) {
        this.ahead = ahead;
    }

    boolean isLive(FileKey file) {
        byte[] key = file.bytes();
        // Small beside the contributions, so that more of it is in the cache.
        return database.has(Family.FILES, key) && !isAhead(key);
    }

    private boolean isAhead(byte[] key) {
        return ahead && database.has(Family.AHEAD, key);
    }

    /** True if the file's entry was written ahead by this step. */
    boolean isAheadOf(FileKey file, byte[] step) {
        return ahead && Arrays.equals(step, database.get(Family.AHEAD, file.bytes()));
    }

    /** The contribution of a live file, or null. */
    Contribution live(FileKey file) {
        byte[] key = file.bytes();
        byte[] value = database.get(Family.LEDGER, key);
        if (value == null && database.has(Family.FILES, key)) {
            throw missing();
        }
        return value == null || isAhead(key) ? null : decode(value);
    }

    /** The contribution that was written ahead, by a step that did not come to its end, or null. */
    Contribution leftOver(FileKey file) {
        byte[] key = file.bytes();
        if (!isAhead(key)) {
            return null;
        }
        byte[] value = database.get(Family.LEDGER, key);
        if (value == null) {
            throw missing();
        }
        return decode(value);
    }

    private static StateException missing() {
        return Remedy.damaged("an entry of the ledger is missing");
    }

    /** Visits the files that are live and wanted. */
    void forEachLive(Predicate<FileKey> wanted, Consumer<FileKey> visitor) {
        database.forEachKey(Family.FILES, key -> {
            FileKey file = FileKey.of(key);
            if (wanted.test(file) && !isAhead(key)) {
                visitor.accept(file);
            }
        });
    }

    private Contribution decode(byte[] value) {
        try {
            Contribution contribution = ContributionCodec.decode(value);
            int combinations = dictionary.view().size();
            for (HourBlock block : contribution.blocks()) {
                Hours.requireKnown(block, combinations);
            }
            return contribution;
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("an entry of the ledger cannot be read", e);
        }
    }
}
