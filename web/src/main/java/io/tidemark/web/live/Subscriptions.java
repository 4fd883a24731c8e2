package io.tidemark.web.live;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.query.ScanProgress;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.ScanTooLargeException;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.scan.StateScans;
import io.tidemark.web.wire.Shape;
import io.tidemark.web.wire.StatusReport;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who follows what, and what they are told. Hub thread only, but for {@link #merged()}. */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final HubLimits limits;
    private final ServedLimits served;
    private final RecentSteps recent;
    private final StatusNews status;
    private final Keeper keeper = new Keeper();
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Map<FilterGroup.Key, FilterGroup> groups = new HashMap<>();
    /** Always there: what is not listed of it is told in the status, whoever follows. */
    private final FilterGroup whole;

    private final GroupScans scans;
    private volatile Unlisted unlisted;
    private ViewState current;
    private final AtomicLong merged = new AtomicLong();

    /**
     * @param scans null if the table cannot be scanned
     * @param hub runs on the hub's thread
     */
    Subscriptions(
            HubLimits limits, ServedLimits served, Supplier<StatusReport> status, StateScans scans, Executor hub) {
        this.limits = limits;
        this.served = served;
        this.recent = new RecentSteps(limits.recentSteps(), limits.recentCells());
        this.status = new StatusNews(status);
        this.whole = new FilterGroup(new FilterGroup.Key(Filter.ALL, false), served);
        groups.put(whole.key(), whole);
        this.scans = new GroupScans(scans, hub, new GroupScans.Outcome() {
            @Override
            public void scanned(FilterGroup group, ViewState state) {
                take(group, state);
            }

            @Override
            public void failed(FilterGroup group, Throwable failure) {
                tellFailure(group, failure);
            }
        });
    }

    long merged() {
        return merged.get();
    }

    /** What the pages of the whole table do not list; empty before there is a state. For any thread. */
    Optional<Unlisted> unlisted() {
        return Optional.ofNullable(unlisted);
    }

    void attach(Client client) {
        if (!client.isClosed()) {
            clients.add(client);
        }
    }

    void detach(Client client) {
        clients.remove(client);
        List.copyOf(client.subscriptions().keySet()).forEach(id -> drop(client, id));
    }

    /** Goes on with steps that were stored since; several at once are one update. */
    void advance(List<Applied> steps) {
        ViewState before = current;
        boolean anew = false;
        boolean onward = false;
        CubeDelta delta = CubeDelta.empty();
        for (Applied step : steps) {
            if (follows(step)) {
                recent.add(current.version(), step.state().version(), step.delta());
                delta = delta.plus(step.delta());
                onward = true;
            } else if (isKnown(step)) {
                continue;
            } else {
                recent.clear();
                anew = true;
            }
            current = step.state();
        }
        if (anew) {
            startGroups();
        } else if (onward) {
            for (FilterGroup group : groups.values()) {
                advance(group, before.version(), delta);
            }
            shed();
        }
        unlisted = whole.unlisted().orElse(null);
    }

    /** True if a step takes those on who have the current state, and only adds to what they know. */
    private boolean follows(Applied step) {
        return current != null
                && !step.newEpoch()
                && step.state().epoch().equals(current.epoch())
                && step.state().version() > current.version()
                && Shape.of(step.state()).equals(Shape.of(current));
    }

    /** A state that was read at the start may be told of again. */
    private boolean isKnown(Applied step) {
        return current != null
                && step.state().epoch().equals(current.epoch())
                && step.state().version() <= current.version();
    }

    private void advance(FilterGroup group, long before, CubeDelta delta) {
        scans.request(group, current);
        if (group.isScanned()) {
            return;
        }
        try {
            FilterGroup.Change change = group.advance(delta, current);
            group.audiences().forEach(audience -> audience.prepare(before, change));
        } catch (RuntimeException e) {
            LOG.error("A roll-up could not go on by a step; it is made anew", e);
            group.start(current);
            group.audiences().forEach(a -> a.subscriptions().forEach(Subscription::startAnew));
        }
        deliver(group);
    }

    /** Begins anew with a state: what clients hold is of another history, or of another shape. */
    void start(ViewState state) {
        current = state;
        recent.clear();
        startGroups();
        unlisted = whole.unlisted().orElse(null);
    }

    private void startGroups() {
        for (FilterGroup group : groups.values()) {
            if (group.isScanned()) {
                group.reset();
            } else {
                group.start(current);
            }
            scans.request(group, current);
            group.audiences().forEach(a -> a.subscriptions().forEach(Subscription::startAnew));
            deliver(group);
        }
    }

    /** Goes on with what was scanned for a group, and has more scanned if there is more by now. */
    private void take(FilterGroup group, ViewState scanned) {
        boolean known = group.state() != null;
        if (!group.isScanned()) {
            if (group.takeSessions(scanned)) {
                deliver(group);
            }
        } else if (known && !scanned.epoch().equals(current.epoch())) {
            // Of a history that is over, or not told of yet.
            group.reset();
        } else if (known && Shape.of(scanned).equals(Shape.of(group.state()))) {
            long before = group.state().version();
            group.takeSessions(scanned);
            FilterGroup.Change change = group.advanceTo(scanned);
            group.audiences().forEach(audience -> audience.prepare(before, change));
            deliver(group);
        } else {
            group.takeSessions(scanned);
            group.start(scanned);
            group.audiences().forEach(a -> a.subscriptions().forEach(Subscription::startAnew));
            deliver(group);
            shed();
        }
        boolean ahead = scanned.epoch().equals(current.epoch()) && scanned.version() > current.version();
        if (groups.get(group.key()) == group && !ahead) {
            scans.request(group, current);
        }
    }

    private void tellFailure(FilterGroup group, Throwable failure) {
        if (!(failure instanceof ScanStoppedException
                || failure instanceof TableException
                || failure instanceof ScanTooLargeException)) {
            LOG.error("A scan for the live socket failed", failure);
        }
        tell(group, subscription -> ScanNews.failure(subscription.id(), failure));
    }

    private static void tell(FilterGroup group, Function<Subscription, String> text) {
        for (Audience audience : group.audiences()) {
            for (Subscription subscription : audience.subscriptions()) {
                if (subscription.client().takesMore()) {
                    subscription.client().send(text.apply(subscription));
                }
            }
        }
    }

    private void deliver(FilterGroup group) {
        for (Audience audience : group.audiences()) {
            for (Subscription subscription : audience.subscriptions()) {
                if (!subscription.deliver(recent)) {
                    merged.incrementAndGet();
                }
            }
        }
    }

    void handle(Client client, ClientMessage message) {
        if (!clients.contains(client)) {
            return;
        }
        if (message instanceof ClientMessage.Bad bad) {
            client.send(ErrorJson.of(bad.id(), bad.code(), bad.message()));
        } else if (message instanceof ClientMessage.Unsubscribe) {
            if (!drop(client, message.id())) {
                client.send(ErrorJson.of(message.id(), "unknown-id", "There is no subscription with this id."));
            }
        } else if (message instanceof ClientMessage.Subscribe subscribe) {
            subscribe(client, subscribe);
        }
    }

    private void subscribe(Client client, ClientMessage.Subscribe wanted) {
        boolean first = client.subscriptions().isEmpty();
        drop(client, wanted.id());
        if (client.subscriptions().size() >= limits.subscriptions()) {
            client.send(ErrorJson.of(
                    wanted.id(),
                    "too-many-subscriptions",
                    "A socket may have " + limits.subscriptions() + " subscriptions. Unsubscribe from one first."));
            return;
        }
        FilterGroup group = groups.get(wanted.rows());
        if (group == null) {
            if (groups.size() > limits.filters()) { // one more, that of all rows
                client.send(ErrorJson.of(
                        wanted.id(),
                        "too-many-filters",
                        "All sockets together follow " + limits.filters() + " filters already. Try again later, or ask"
                                + " REST."));
                return;
            }
            group = new FilterGroup(wanted.rows(), served);
            if (current != null && !group.isScanned()) {
                group.start(current);
            }
            if (filteredGroups() + group.groups() > limits.groups()) {
                client.send(tooManyGroups(wanted.id()));
                return;
            }
            groups.put(wanted.rows(), group);
        }
        Audience audience = group.audience(wanted.views());
        Subscription subscription =
                new Subscription(client, ErrorJson.quoted(wanted.id()), audience, heldBy(wanted.since()));
        audience.subscriptions().add(subscription);
        client.subscriptions().put(wanted.id(), subscription);
        if (current != null) {
            subscription.deliver(recent);
            scans.request(group, current);
            if (group.misses(current) && client.takesMore()) {
                client.send(ScanNews.progress(subscription.id(), new ScanProgress(0, 0, 0)));
            }
        }
        if (first) {
            status.tell(client);
        }
    }

    private static String tooManyGroups(String id) {
        return ErrorJson.of(
                id,
                "too-many-filters",
                "The filters that are followed have as many values, hours and pairs as fit in memory. Choose a narrower"
                        + " filter, or ask REST.");
    }

    /** Groups of all filters but the one that lets everything pass. */
    private long filteredGroups() {
        return groups.values().stream()
                .filter(group -> group != whole)
                .mapToLong(FilterGroup::groups)
                .sum();
    }

    /** Filters grow with the table: gives up those that have most, until the others fit. */
    private void shed() {
        while (filteredGroups() > limits.groups()) {
            FilterGroup largest = groups.values().stream()
                    .filter(group -> group != whole)
                    .max(Comparator.comparingLong(FilterGroup::groups))
                    .orElseThrow();
            for (Client client : clients) {
                for (Map.Entry<String, Subscription> followed :
                        List.copyOf(client.subscriptions().entrySet())) {
                    if (followed.getValue().audience().group() == largest) {
                        client.send(tooManyGroups(followed.getKey()));
                        drop(client, followed.getKey());
                    }
                }
            }
            forget(largest);
        }
    }

    /** The version that a client can be brought on from. */
    private long heldBy(Optional<ClientMessage.Since> since) {
        return since.filter(s -> current != null && s.epoch().equals(current.epoch()))
                .map(ClientMessage.Since::version)
                .filter(version -> version >= 0 && version <= current.version())
                .orElse(Subscription.NOTHING);
    }

    private boolean drop(Client client, String id) {
        Subscription subscription = client.subscriptions().remove(id);
        if (subscription == null) {
            return false;
        }
        Audience audience = subscription.audience();
        audience.subscriptions().remove(subscription);
        if (audience.subscriptions().isEmpty()) {
            audience.group().leave(audience);
            if (audience.group() != whole && audience.group().audiences().isEmpty()) {
                forget(audience.group());
            }
        }
        return true;
    }

    private void forget(FilterGroup group) {
        groups.remove(group.key(), group);
        scans.giveUp(group);
    }

    /** Sends a client what it missed while it was slow. */
    void catchUp(Client client) {
        if (current == null || client.isClosed()) {
            return;
        }
        for (Subscription subscription : client.subscriptions().values()) {
            if (subscription.isBehind()) {
                subscription.deliver(recent);
            }
        }
        if (client.isStatusDue()) {
            status.tell(client);
        }
    }

    void tellStateChange() {
        status.tellStateChange(clients);
    }

    /** Once a second: news of the status, signs of life, and an end for those that are stuck. */
    void sweep() {
        if (current != null) {
            scans.retry(current);
            scans.forEachGoing(
                    (group, progress) -> tell(group, subscription -> ScanNews.progress(subscription.id(), progress)));
        }
        status.tellNews(clients);
        keeper.sweep(clients);
    }

    /** Cancels the scans that are going on. */
    void close() {
        scans.close();
    }
}
