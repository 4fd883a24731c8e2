package io.tidemark.views.quality;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.CommitInfo;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether commits that claim to only rearrange rows did: OPTIMIZE, Z-ORDER, REORG, and a rewrite by hand with
 * {@code dataChange} false. Readers that follow changes skip such commits, so that a false claim splits them from the table.
 *
 * <p>A step is judged if all of its commits that have file changes make the claim. Where others are in the same step it is not
 * known which of them changed what, as files that the step adds and removes again are never read: then nobody is accused.
 */
final class Rearrangement {

    private Rearrangement() {}

    /** @param commits of the step */
    static Optional<Finding> check(List<Commit> commits, ViewState before, Applied applied, Instant now) {
        List<Commit> claiming =
                commits.stream().filter(Rearrangement::hasChanges).toList();
        if (claiming.isEmpty() || !claiming.stream().allMatch(Rearrangement::claims)) {
            return Optional.empty();
        }
        CubeDelta delta = applied.delta();
        long distinct = applied.state().distinct() - before.distinct();
        if (delta.isEmpty() && distinct == 0) {
            return Optional.empty();
        }
        String message = who(claiming) + " to only rearrange rows, but after it "
                + difference(delta, distinct)
                + ". Readers that skip such commits do not see this. Compare with version "
                + before.version() + "; RESTORE to it undoes the change.";
        return Optional.of(Finding.now(
                FindingKind.OPTIMIZE_CHANGED_COUNTS, "", applied.state().version(), now, 1, message));
    }

    private static boolean hasChanges(Commit commit) {
        return !commit.adds().isEmpty() || !commit.removes().isEmpty();
    }

    private static boolean claims(Commit commit) {
        return commit.onlyRearranges()
                || operation(commit).filter("OPTIMIZE"::equalsIgnoreCase).isPresent();
    }

    private static Optional<String> operation(Commit commit) {
        return commit.info().flatMap(CommitInfo::operation);
    }

    private static String who(List<Commit> claiming) {
        Commit first = claiming.get(0);
        if (claiming.size() == 1) {
            return "Version " + first.version()
                    + operation(first)
                            .map(name -> " (" + Words.plain(name, 40) + ")")
                            .orElse("") + " claims";
        }
        return "Versions " + first.version() + " to "
                + claiming.get(claiming.size() - 1).version() + " claim";
    }

    private static String difference(CubeDelta delta, long distinct) {
        long rows = delta.rows();
        if (rows != 0) {
            return moreOrFewer(rows, "row");
        }
        if (!delta.isEmpty()) {
            int cells = delta.blocks().stream().mapToInt(HourBlock::size).sum();
            return "as many rows hold other values: " + Words.many(cells, "count") + " changed";
        }
        return moreOrFewer(distinct, "distinct value");
    }

    private static String moreOrFewer(long n, String thing) {
        return (Math.abs(n) == 1 ? "there is " : "there are ")
                + Words.many(Math.abs(n), thing)
                + (n > 0 ? " more" : " fewer");
    }
}
