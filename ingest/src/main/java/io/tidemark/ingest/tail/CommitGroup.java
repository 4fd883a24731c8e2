package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Commits that follow each other and are applied as one step. Only the first may change metadata or protocol. */
final class CommitGroup {
    /** What a file change weighs beside its texts: objects, references. */
    private static final int BYTES_PER_CHANGE = 200;

    private final TailSettings.GroupLimits limits;
    private final List<Commit> commits = new ArrayList<>();
    private long fileChanges;
    private long bytes;

    CommitGroup(Commit first, TailSettings.GroupLimits limits) {
        this.limits = limits;
        take(first);
    }

    List<Commit> commits() {
        return Collections.unmodifiableList(commits);
    }

    long last() {
        return commits.get(commits.size() - 1).version();
    }

    int size() {
        return commits.size();
    }

    boolean isFull() {
        return commits.size() >= limits.commits() || fileChanges >= limits.fileChanges() || bytes >= limits.bytes();
    }

    /** Whether a commit may be in a group without being its first. */
    static boolean mayFollow(Commit commit) {
        return commit.metadata().isEmpty() && commit.protocol().isEmpty();
    }

    void take(Commit commit) {
        commits.add(commit);
        fileChanges += commit.adds().size() + commit.removes().size();
        for (DataFile file : commit.adds()) {
            bytes += BYTES_PER_CHANGE
                    + file.path().length()
                    + file.stats().map(String::length).orElse(0);
        }
        for (FileId file : commit.removes()) {
            bytes += BYTES_PER_CHANGE + file.path().length();
        }
    }
}
