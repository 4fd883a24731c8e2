package io.tidemark.views.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a table's log folder holds, by the names of the objects alone.
 *
 * @param commits by version
 * @param checkpoints by version, each the objects that together are one; only those of which no part is missing
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#checkpoints">Delta protocol</a>
 */
record LogFolder(NavigableMap<Long, Path> commits, NavigableMap<Long, List<List<Path>>> checkpoints) {
    static final String NAME = "_delta_log";
    static final String SIDECARS = "_sidecars";

    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern WHOLE =
            Pattern.compile("(\\d{20})\\.checkpoint(?:\\.[0-9a-fA-F-]{36})?\\.(?:parquet|json)");
    private static final Pattern PART = Pattern.compile("(\\d{20})\\.checkpoint\\.(\\d{10})\\.(\\d{10})\\.parquet");

    /** @return with nothing in it if there is no such folder */
    static LogFolder list(Path table, Configuration conf) throws IOException {
        Path folder = new Path(table, NAME);
        NavigableMap<Long, Path> commits = new TreeMap<>();
        NavigableMap<Long, List<List<Path>>> checkpoints = new TreeMap<>();
        Map<String, NavigableMap<Integer, Path>> parts = new TreeMap<>();
        for (FileStatus file : statuses(folder.getFileSystem(conf), folder)) {
            String name = file.getPath().getName();
            Matcher commit = COMMIT.matcher(name);
            Matcher whole = WHOLE.matcher(name);
            Matcher part = PART.matcher(name);
            if (commit.matches()) {
                commits.put(version(commit), file.getPath());
            } else if (whole.matches()) {
                checkpoints
                        .computeIfAbsent(version(whole), v -> new ArrayList<>())
                        .add(List.of(file.getPath()));
            } else if (part.matches()) {
                parts.computeIfAbsent(part.group(1) + part.group(3), p -> new TreeMap<>())
                        .put(Integer.parseInt(part.group(2)), file.getPath());
            }
        }
        parts.forEach((versionAndParts, files) -> {
            if (files.size() == Integer.parseInt(versionAndParts.substring(20))) {
                checkpoints
                        .computeIfAbsent(Long.parseLong(versionAndParts.substring(0, 20)), v -> new ArrayList<>())
                        .add(List.copyOf(files.values()));
            }
        });
        return new LogFolder(commits, checkpoints);
    }

    private static long version(Matcher name) {
        return Long.parseLong(name.group(1));
    }

    private static FileStatus[] statuses(FileSystem files, Path folder) throws IOException {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
