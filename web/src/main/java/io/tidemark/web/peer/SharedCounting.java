package io.tidemark.web.peer;

import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.FileCountsCodec;
import io.tidemark.views.query.FileCounting;
import io.tidemark.views.query.FileWork;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.ScanHeap;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.stream.FileOwners;
import io.tidemark.web.engine.SharedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Has each file counted by the instance that has it; what none has that can be asked, is counted here. */
final class SharedCounting implements FileCounting {
    /** Less than this is sooner counted here than asked for. */
    private static final int FEW_FILES = 8;

    private static final long FEW_BYTES = 1 << 20;

    private final SharedTable table;
    private final FileCounting local;
    private final PeerClient client;

    SharedCounting(SharedTable table, FileCounting local, PeerClient client) {
        this.table = table;
        this.local = local;
        this.client = client;
    }

    private record Share(PeerCall call, List<LiveFile> files) {}

    @Override
    public void count(FileWork work, List<LiveFile> files, Scan scan, Consumer<FileCounts> sink) {
        if (isLittle(files)) {
            local.count(work, files, scan, sink);
            return;
        }
        FileOwners owners = table.owners();
        List<LiveFile> here = new ArrayList<>();
        Map<String, List<LiveFile>> elsewhere = new LinkedHashMap<>();
        for (LiveFile file : files) {
            Optional<String> owner = owners.of(file.file().id());
            owner.map(address -> elsewhere.computeIfAbsent(address, none -> new ArrayList<>()))
                    .orElse(here)
                    .add(file);
        }
        List<Share> shares = new ArrayList<>();
        try {
            elsewhere.forEach((address, some) ->
                    shares.add(new Share(client.ask(address, request(work, some, scan)), some)));
            local.count(work, here, scan, sink);
            for (Share share : shares) {
                gather(share, work, scan, sink);
            }
        } finally {
            shares.forEach(share -> share.call.close());
        }
    }

    private static boolean isLittle(List<LiveFile> files) {
        return files.size() < FEW_FILES
                && files.stream().mapToLong(file -> file.file().size()).sum() < FEW_BYTES;
    }

    private PeerRequest request(FileWork work, List<LiveFile> files, Scan scan) {
        return new PeerRequest(table.name(), table.uri(), work, files, Optional.empty(), scan.millisLeft());
    }

    private void gather(Share share, FileWork work, Scan scan, Consumer<FileCounts> sink) {
        PeerCall call = share.call;
        if (!PeerClient.isServed(call, work.metadata().id(), scan::check)) {
            local.count(work, share.files, scan, sink);
            return;
        }
        int files = 0;
        Frame frame = call.next(scan::check);
        for (; frame.kind() == Frame.Kind.COUNTS && files < share.files.size(); frame = call.next(scan::check)) {
            take(frame, call, scan, sink);
            scan.doneElsewhere(share.files.get(files).rows());
            files++;
        }
        if (frame.kind() != Frame.Kind.END || files < share.files.size()) {
            throw call.exception(PeerClient.refusal(frame).orElse("answered with something else than was asked for"));
        }
    }

    private static void take(Frame frame, PeerCall call, Scan scan, Consumer<FileCounts> sink) {
        try (ScanHeap.Holding holding = scan.holding()) {
            // The bytes, and what is made of them.
            holding.is(3L * frame.payload().length);
            FileCounts counts;
            try {
                counts = FileCountsCodec.decode(frame.payload());
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw call.exception("answered with something else than was asked for");
            }
            sink.accept(counts);
        }
    }
}
