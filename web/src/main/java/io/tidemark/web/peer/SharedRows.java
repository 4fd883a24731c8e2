package io.tidemark.web.peer;

import io.tidemark.views.query.FileWork;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.stream.FileOwners;
import io.tidemark.web.engine.SharedTable;
import io.tidemark.web.export.ExportFormat;
import io.tidemark.web.export.RowsElsewhere;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Has the rows of exports read by the instances that have the files: a run of files by the one that has its first. */
final class SharedRows implements RowsElsewhere {
    private static final int READERS_OF_EACH = 2;
    private static final int MOST_READERS = 16;
    /** How long another instance may wait for the client of an export; only to tell it something. */
    private static final long DAY_MILLIS = 86_400_000L;

    private final SharedTable table;
    private final PeerClient client;

    SharedRows(SharedTable table, PeerClient client) {
        this.table = table;
        this.client = client;
    }

    @Override
    public Places places(FileWork work) {
        FileOwners owners = table.owners();
        return new Places() {
            @Override
            public int readers() {
                return Math.min(MOST_READERS, READERS_OF_EACH * owners.others());
            }

            @Override
            public Optional<Place> of(List<LiveFile> run) {
                return owners.of(run.get(0).file().id()).map(address -> new Peer(address, work));
            }
        };
    }

    private final class Peer implements Place {
        private final String address;
        private final FileWork work;

        Peer(String address, FileWork work) {
            this.address = address;
            this.work = work;
        }

        @Override
        public void read(
                List<LiveFile> run, ExportFormat format, boolean raw, Runnable check, Consumer<byte[]> chunks) {
            PeerRequest request = new PeerRequest(
                    table.name(), table.uri(), work, run, Optional.of(new PeerRequest.Rows(format, raw)), DAY_MILLIS);
            try (PeerCall call = client.ask(address, request)) {
                if (!PeerClient.isServed(call, work.metadata().id(), check)) {
                    throw call.exception("does not serve the table");
                }
                Frame frame = call.next(check);
                for (; frame.kind() == Frame.Kind.ROWS; frame = call.next(check)) {
                    chunks.accept(frame.payload());
                }
                if (frame.kind() != Frame.Kind.END) {
                    throw call.exception(
                            PeerClient.refusal(frame).orElse("answered with something else than was asked for"));
                }
            }
        }
    }
}
