package io.tidemark.web.peer;

import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.query.FileWork;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.LiveFileCodec;
import io.tidemark.views.store.MetadataCodec;
import io.tidemark.web.export.ExportFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one instance asks of another: to go through some files of a table.
 *
 * @param table its name
 * @param uri of the table, as the cluster's registry has it
 * @param files in the order in which the answers are to come
 * @param rows how their rows are to be written; empty: they are counted
 * @param millis after which nobody waits for the answer any more
 */
record PeerRequest(String table, String uri, FileWork work, List<LiveFile> files, Optional<Rows> rows, long millis) {
    private static final int FORMAT = 1;

    /** @param raw as in {@link ExportFormat} */
    record Rows(ExportFormat format, boolean raw) {}

    PeerRequest {
        files = List.copyOf(files);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter()
                .writeByte(FORMAT)
                .writeText(table)
                .writeText(uri)
                .writeBytes(MetadataCodec.encode(work.metadata()));
        FilterCodec.write(work.filter(), out);
        out.writeByte(rows.isPresent() ? 1 : 0);
        rows.ifPresent(how -> out.writeText(how.format().extension()).writeByte(how.raw() ? 1 : 0));
        out.writeUnsigned(millis).writeUnsigned(files.size());
        files.forEach(file -> out.writeBytes(LiveFileCodec.encode(file)));
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if these are not the bytes of a request, or of another format */
    static PeerRequest decode(byte[] bytes) {
        try {
            return read(new ByteReader(bytes));
        } catch (ArithmeticException | TableException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static PeerRequest read(ByteReader in) {
        in.readVersion(FORMAT);
        String table = in.readText();
        String uri = in.readText();
        TableMetadata metadata = MetadataCodec.decode(in.readBytes(), TableMetadata::parse);
        FileWork work = new FileWork(metadata, FilterCodec.read(in));
        Optional<Rows> rows = in.readByte() == 0 ? Optional.empty() : Optional.of(rows(in));
        long millis = in.readCount();
        List<LiveFile> files = new ArrayList<>();
        for (int i = in.readLength(1); i > 0; i--) {
            files.add(LiveFileCodec.decode(in.readBytes()));
        }
        in.readEnd();
        return new PeerRequest(table, uri, work, files, rows, millis);
    }

    private static Rows rows(ByteReader in) {
        String name = in.readText();
        ExportFormat format =
                ExportFormat.named(name).orElseThrow(() -> new IllegalArgumentException("the unknown format " + name));
        return new Rows(format, in.readByte() != 0);
    }
}
