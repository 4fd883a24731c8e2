package io.tidemark.ingest.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one local folder, on one daemon thread. While the folder does not exist, its nearest existing parent is watched
 * for the next folder on the way.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final Runnable onChange;
    private final WatchService service;

    FolderWatch(Path folder, Runnable onChange) {
        this.folder = folder;
        this.onChange = onChange;
        this.service = newService(folder);
        if (service != null) {
            WatchKey first = watchNearest();
            Thread thread = new Thread(() -> run(first), "watch-" + folder.getFileName());
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** @return null where no watch is to be had: it is a hint only, and polling goes on without it */
    private static WatchService newService(Path folder) {
        try {
            return folder.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("Cannot watch {} for changes, so it is polled: {}", folder, e.getMessage());
            return null;
        }
    }

    private void run(WatchKey first) {
        WatchKey key = first;
        try {
            while (key != null) {
                boolean wasFolder = key.watchable().equals(folder);
                service.take();
                key.pollEvents();
                if (!key.reset() || !key.watchable().equals(nearestExisting())) {
                    key.cancel();
                    key = watchNearest();
                }
                if (wasFolder || (key != null && key.watchable().equals(folder))) {
                    call();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            log.debug("No longer watching {}", folder);
        }
    }

    /** Looks again after registering, so that a folder made in between is not missed. */
    private WatchKey watchNearest() {
        while (true) {
            Path nearest = nearestExisting();
            try {
                WatchKey key = nearest.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                if (nearest.equals(nearestExisting())) {
                    return key;
                }
                key.cancel();
            } catch (NoSuchFileException | NotDirectoryException e) {
                log.debug("{} went while it was looked at", nearest);
            } catch (IOException e) {
                log.warn("Cannot watch {} for changes, so it is polled: {}", folder, e.getMessage());
                return null;
            }
        }
    }

    private Path nearestExisting() {
        Path nearest = folder;
        while (!Files.isDirectory(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    private void call() {
        try {
            onChange.run();
        } catch (RuntimeException e) {
            log.warn("After a change in {}", folder, e);
        }
    }

    @Override
    public void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                log.debug("Closing the watch of {}", folder, e);
            }
        }
    }
}
