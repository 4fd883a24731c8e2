package io.tidemark.web.doctor;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.store.StateException;
import io.tidemark.views.store.StateGlance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a state directory; nothing in it is changed.
 *
 * @param inUse true if a service is at work on it
 */
record StateExam(List<Line> lines, boolean inUse) {
    private static final long LEAST_FREE = 512 * Amounts.MB;

    /** @param needed bytes that the state may come to */
    static StateExam of(Path directory, CubeSpec spec, String tableUri, long needed) {
        List<Line> lines = new ArrayList<>();
        lines.add(writable("state", directory, "--state-dir"));
        boolean inUse = false;
        if (lines.get(0).verdict() == Verdict.OK) {
            space(directory, needed).ifPresent(lines::add);
            try {
                Optional<StateGlance> glance = StateGlance.of(directory, spec, tableUri);
                inUse = glance.map(StateGlance::inUse).orElse(false);
                lines.add(glance.map(StateExam::found)
                        .orElseGet(() ->
                                Line.ok("state", "nothing is stored yet: the table will be counted from its files")));
            } catch (StateException e) {
                lines.add(
                        Line.wrong("state", e.getMessage(), "A damaged state is set aside and built anew by 'serve'."));
            }
        }
        return new StateExam(lines, inUse);
    }

    private static Line found(StateGlance glance) {
        String what = glance.version()
                .map(stored -> "version " + stored.version() + ", stored " + stored.appliedAt() + ", with "
                        + Amounts.number(stored.rows()) + " rows in " + Amounts.number(stored.files()) + " files")
                .orElse("no version yet");
        return glance.inUse()
                ? Line.warning(
                        "state",
                        what + "; a process has it open",
                        "If that is the service, all is well. Otherwise stop it, or give another --state-dir.")
                : Line.ok("state", what);
    }

    /** A folder that is there is tried by writing a file; one that is not, by its nearest parent. */
    static Line writable(String subject, Path directory, String option) {
        Path there = directory.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            if (there == null || !Files.isDirectory(there)) {
                return Line.wrong(
                        subject,
                        directory + " is no folder, and none can be made there",
                        "Give another " + option + ".");
            }
            Files.delete(Files.createTempFile(there, ".tidemark-doctor", ""));
            return Line.ok(subject, directory + (Files.exists(directory) ? " can be written" : " can be made"));
        } catch (IOException e) {
            return Line.wrong(
                    subject,
                    directory + " cannot be written (" + e.getClass().getSimpleName() + ")",
                    "Give a folder that the service's user may write to with " + option + ".");
        }
    }

    private static Optional<Line> space(Path directory, long needed) {
        Path there = directory.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return space(Files.getFileStore(there).getUsableSpace(), needed);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Line> space(long free, long needed) {
        String found = Amounts.bytes(free) + " are free; the state may come to some " + Amounts.bytes(needed);
        // As much again, for what compactions write before they delete.
        boolean enough = free >= Math.max(LEAST_FREE, 2 * needed);
        return Optional.of(
                enough
                        ? Line.ok("disk", found)
                        : Line.warning(
                                "disk",
                                found + ", and half as much again while files are merged",
                                "Give --state-dir more room: a full disk stops the table at its last version until there is some."));
    }
}
