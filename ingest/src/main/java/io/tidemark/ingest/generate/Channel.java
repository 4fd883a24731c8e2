package io.tidemark.ingest.generate;

import java.util.List;
import org.apache.parquet.io.api.Binary;

/**
 * One channel: what its visits are like.
 *
 * @param name value of {@code channel}
 * @param clients platforms with their agents
 * @param first the kind of a visit's first event
 * @param kinds of all later events
 * @param resources pages, screens, conversations, skills or tasks; popular ones first
 */
record Channel(
        Binary name, Choice<Client> clients, EventKind first, Choice<EventKind> kinds, List<Resource> resources) {

    /**
     * What a visit is made with.
     *
     * @param platform value of {@code platform}; may be empty
     * @param agents values of {@code user_agent}
     * @param versions values of {@code client_version}
     */
    record Client(Binary platform, Choice<Binary> agents, Choice<Binary> versions) {}

    /** What an event is about. */
    record Resource(Binary id, Binary title) {}
}
