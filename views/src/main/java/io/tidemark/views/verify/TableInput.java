package io.tidemark.views.verify;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/** Opens Parquet files for parquet-java. */
final class TableInput {
    private TableInput() {}

    /** @param file qualified by its file system */
    static InputFile open(Path file, Configuration conf) throws IOException {
        return "file".equals(file.toUri().getScheme())
                ? new LocalInputFile(java.nio.file.Path.of(file.toUri()))
                : HadoopInputFile.fromPath(file, conf);
    }
}
