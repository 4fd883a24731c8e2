package io.tidemark.bench;

import java.nio.file.Path;

/**
 * Makes and changes a table of very many tiny files, to be followed by {@code serve} under a small heap:
 *
 * <pre>
 * java -cp bench/target/bench.jar io.tidemark.bench.ManyFiles make FOLDER FILES ROWS FILES_PER_SESSION
 * java -cp bench/target/bench.jar io.tidemark.bench.ManyFiles append FOLDER COMMITS
 * java -cp bench/target/bench.jar io.tidemark.bench.ManyFiles clean FOLDER
 * </pre>
 *
 * A million files of 5 rows take 4 GB, of blocks that are mostly empty.
 */
public final class ManyFiles {

    private ManyFiles() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[1]).toAbsolutePath();
        ManyFilesTable table;
        switch (args[0]) {
            case "make" ->
                table = ManyFilesTable.make(
                        root, Long.parseLong(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            case "append" -> {
                table = ManyFilesTable.open(root);
                table.append(Integer.parseInt(args[2]));
            }
            case "clean" -> {
                table = ManyFilesTable.open(root);
                table.checkpointAndClean();
            }
            default -> throw new IllegalArgumentException("make, append or clean; not " + args[0]);
        }
        System.out.println(table);
    }
}
