package io.tidemark.views.stream;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.FileCountsCodec;
import io.tidemark.views.store.LiveFileCodec;

/**
 * What one file adds to the views, in terms that hold on every machine: what the scans' ledger keeps, and what the merge hears when
 * the file comes and when it goes.
 *
 * @param file without statistics
 */
record FileShare(DataFile file, FileCounts counts) {
    private static final Format FORMAT = new Format("a file's counts", 1);

    byte[] encode() {
        ByteWriter out = FORMAT.begin().writeBytes(FileWordCodec.file(file));
        FileCountsCodec.write(counts, out);
        return out.toBytes();
    }

    static FileShare decode(byte[] bytes) {
        return FORMAT.read(bytes, FileShare::read);
    }

    private static FileShare read(ByteReader in) {
        DataFile file = LiveFileCodec.decode(in.readBytes()).file();
        return new FileShare(file, FileCountsCodec.read(in));
    }
}
