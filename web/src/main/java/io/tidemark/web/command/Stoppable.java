package io.tidemark.web.command;

import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Work that asks now and then whether to stop, and comes to its end before the process does. */
@FunctionalInterface
interface Stoppable {
    /**
     * @param stop true as soon as the process is asked to end
     * @throws IllegalArgumentException for wrong usage; the message is one line for the user
     */
    void work(BooleanSupplier stop) throws IOException;

    /** @throws ConfigException for wrong usage */
    static void run(Stoppable task) throws IOException {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch stopped = new CountDownLatch(1);
        new Shutdown().onExit(() -> {
            stop.set(true);
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            task.work(stop::get);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        } finally {
            stopped.countDown();
        }
    }
}
