package io.tidemark.views.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a recount found.
 *
 * @param version at which both sides were taken
 * @param builtAnew true if the views were built for this check, and are no service's
 * @param reader which library listed the live files
 * @param files live at the version
 * @param filesWithDeletionVectors among them
 * @param rows counted
 * @param cells compared, of all views
 * @param differences cells that differ
 * @param first the first of those; unmodifiable
 */
public record VerifyResult(
        long version,
        boolean builtAnew,
        String reader,
        long files,
        long filesWithDeletionVectors,
        long rows,
        long cells,
        long differences,
        List<Difference> first) {
    public VerifyResult {
        first = List.copyOf(first);
    }

    public boolean equal() {
        return differences == 0;
    }

    /** For the user: the verdict, and before it the first differences. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        first.forEach(difference -> lines.add(difference.toString()));
        if (differences > first.size()) {
            lines.add("… and " + (differences - first.size()) + " more");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s at version %d: %,d of %,d cells differ; %,d rows in %,d files%s, listed by %s",
                equal() ? "EQUAL" : "DIFFERENT",
                version,
                differences,
                cells,
                rows,
                files,
                filesWithDeletionVectors == 0
                        ? ""
                        : String.format(Locale.ROOT, " (%,d with a deletion vector)", filesWithDeletionVectors),
                reader));
        if (builtAnew) {
            lines.add("The views of this version were built anew for this check; no service and no state was asked");
        }
        return lines;
    }
}
