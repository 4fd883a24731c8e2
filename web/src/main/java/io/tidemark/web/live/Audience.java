package io.tidemark.web.live;

import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.Json;
import io.tidemark.web.wire.Shape;
import io.tidemark.web.wire.ViewsJson;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The subscriptions that want the same: each message is made once for all of them. Hub thread only.
 */
final class Audience {
    private final FilterGroup group;
    private final Set<String> views;
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private final Map<Long, Message> updates = new HashMap<>();
    private Message snapshot;

    Audience(FilterGroup group, Set<String> views) {
        this.group = group;
        this.views = views;
    }

    FilterGroup group() {
        return group;
    }

    Set<String> views() {
        return views;
    }

    Set<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Drops the messages of the version before. */
    void forget() {
        updates.clear();
        snapshot = null;
    }

    /** Keeps the update that a step makes for those who have the version before it. */
    void prepare(long from, FilterGroup.Change change) {
        updates.put(from, update(from, change));
    }

    /** The message that brings a client from a version to the group's state. */
    Message message(long version, RecentSteps recent) {
        if (version >= 0) {
            Message ready = updates.get(version);
            if (ready != null) {
                return ready;
            }
            Optional<Message> caughtUp = catchUp(version, recent);
            if (caughtUp.isPresent()) {
                updates.put(version, caughtUp.get());
                return caughtUp.get();
            }
        }
        if (snapshot == null) {
            snapshot = snapshot();
        }
        return snapshot;
    }

    private Optional<Message> catchUp(long version, RecentSteps recent) {
        if (version == group.state().version()) {
            return Optional.of(update(version, group.since(List.of())));
        }
        if (group.isScanned()) {
            // What a step changed by hours does not say what it changed of parts of them.
            return Optional.empty();
        }
        return recent.since(version).map(missed -> update(version, group.since(missed)));
    }

    private Message update(long from, FilterGroup.Change change) {
        ViewState state = group.state();
        ViewsJson selection = new ViewsJson(state.spec(), Shape.of(state), views);
        return Message.of("update", json -> {
            json.writeNumberField("from", from);
            json.writeNumberField("version", state.version());
            json.writeStringField("committedAt", Json.time(state.committedAt()));
            json.writeObjectFieldStart("views");
            selection.writeChanges(json, change.totals(), change.groups());
            json.writeEndObject();
        });
    }

    private Message snapshot() {
        ViewState state = group.state();
        ViewsJson selection = new ViewsJson(state.spec(), Shape.of(state), views);
        return Message.of("snapshot", json -> {
            json.writeStringField("epoch", state.epoch());
            json.writeNumberField("version", state.version());
            json.writeStringField("committedAt", Json.time(state.committedAt()));
            json.writeObjectFieldStart("views");
            selection.writeWhole(json, group.totals(), group.whole());
            json.writeEndObject();
        });
    }
}
