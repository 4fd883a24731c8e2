package io.tidemark.chaos;

import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.process.TidemarkProcess;
import io.tidemark.s3.FaultProxy;
import io.tidemark.s3.S3Server;
import io.tidemark.web.command.TidemarkCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A table in an object store: written to it directly, followed by the real jar through a proxy that strikes its requests. */
final class StoredTable implements AutoCloseable {
    private static final Instant END = Instant.parse("2026-01-03T00:00:00Z");

    final S3Server server;
    final FaultProxy proxy;
    final String uri;
    private long seed;

    /** @param dir of the server's objects */
    StoredTable(Path dir, String name) throws Exception {
        server = new S3Server(dir);
        proxy = new FaultProxy(server.port());
        uri = "s3://" + server.bucket() + "/" + name;
    }

    /** One commit of one file. */
    void append(long rows) throws IOException {
        Generate.run(
                new GenerateOptions(
                        uri,
                        ObjectStoreSettings.configuration(server.environment()),
                        rows,
                        rows,
                        0,
                        48,
                        END,
                        0,
                        seed++),
                line -> {},
                () -> false);
    }

    TidemarkProcess serve(Path state, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--table", uri, "--state-dir", state.toString(), "--port", "0"));
        arguments.addAll(List.of(more));
        return TidemarkProcess.start(S3Server.environment(proxy.port()), arguments.toArray(new String[0]));
    }

    /** What {@code verify} says of what is served; it reads the store directly. */
    String verify(TidemarkProcess process) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        TidemarkCommand.run(
                new String[] {
                    "verify", "--table", uri, "--url", process.address().toString()
                },
                server.environment(),
                out,
                out);
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        server.close();
    }
}
