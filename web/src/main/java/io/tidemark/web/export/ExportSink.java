package io.tidemark.web.export;

/** Where an export's bytes go. For one thread. */
public interface ExportSink {

    /**
     * Sends bytes; waits while too much is on its way. The array may be used again afterwards.
     *
     * @throws ExportStoppedException if nobody takes them any more
     */
    void send(byte[] bytes, int length);
}
