package io.tidemark.web.alerts;

/** Told of alerts, in order, on the thread that found out; must not block. */
public interface AlertSink {

    /**
     * Something about an alert is another: what it says, or what it is.
     *
     * @param json fields of the alert, as REST has them; of one that is gone, its name and the state {@code deleted}
     */
    default void changed(String json) {}

    /**
     * An alert began to fire, or is all right again.
     *
     * @param json as above
     */
    default void turned(String json) {}
}
