package io.tidemark.views;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Lets what happened to a table happen again in another folder, commit by commit, with every file that was deleted on the way. */
public final class DeltaRsReplay {
    private final DeltaRsTable table;
    private final Path into;
    private int next;

    public DeltaRsReplay(DeltaRsTable table, Path into) {
        this.table = table;
        this.into = into;
    }

    /** Makes the next version, and does not yet delete what was deleted after it. */
    public DeltaRsTable.Version commit() throws IOException {
        DeltaRsTable.Version version = table.versions().get(next++);
        // Data before the log, as a writer does it.
        for (String file : version.appeared()) {
            if (!file.startsWith("_delta_log/")) {
                write(file);
            }
        }
        for (String file : version.appeared()) {
            if (file.startsWith("_delta_log/")) {
                write(file);
            }
        }
        return version;
    }

    /** Deletes what was deleted after the version that was made last. */
    public void delete() throws IOException {
        for (String file : table.versions().get(next - 1).vanished()) {
            Files.delete(into.resolve(file));
        }
    }

    public boolean more() {
        return next < table.versions().size();
    }

    /** All versions that are left. */
    public List<DeltaRsTable.Version> rest() {
        return table.versions().subList(next, table.versions().size());
    }

    private void write(String file) throws IOException {
        Path kept = table.folder().resolve("gone").resolve(file);
        Path from = Files.exists(kept) ? kept : table.table().resolve(file);
        Path to = into.resolve(file);
        Files.createDirectories(to.getParent());
        Path draft = Files.copy(from, to.resolveSibling("draft.tmp"));
        Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
