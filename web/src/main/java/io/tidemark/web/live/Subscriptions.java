package io.tidemark.web.live;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.CubeDelta;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link Followers} are told, step by step. Hub thread only, but for {@link #merged()} and {@link #unlisted()}. */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private static final int GOING_AWAY = 1001;

    private final RecentSteps recent;
    private final StatusNews status;
    private final Keeper keeper = new Keeper();
    private final Followers followers;
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
        this.recent = new RecentSteps(limits.recentSteps(), limits.recentCells());
        this.status = new StatusNews(status);
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
        this.followers = new Followers(limits, served, this.scans::giveUp);
    }

    long merged() {
        return merged.get();
    }

    /** What the pages of the whole table do not list; empty before there is a state. For any thread. */
    Optional<Unlisted> unlisted() {
        return Optional.ofNullable(unlisted);
    }

    void attach(Client client) {
        followers.attach(client);
    }

    void detach(Client client) {
        followers.detach(client);
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
            for (FilterGroup group : followers.groups()) {
                advance(group, before.version(), delta);
            }
            followers.shed();
        }
        unlisted = followers.whole().unlisted().orElse(null);
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
        unlisted = followers.whole().unlisted().orElse(null);
    }

    private void startGroups() {
        for (FilterGroup group : followers.groups()) {
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
            followers.shed();
        }
        boolean ahead = scanned.epoch().equals(current.epoch()) && scanned.version() > current.version();
        if (followers.has(group) && !ahead) {
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
        if (!followers.has(client)) {
            return;
        }
        if (message instanceof ClientMessage.Bad bad) {
            client.send(ErrorJson.of(bad.id(), bad.code(), bad.message()));
        } else if (message instanceof ClientMessage.Unsubscribe) {
            if (!followers.drop(client, message.id())) {
                client.send(ErrorJson.of(message.id(), "unknown-id", "There is no subscription with this id."));
            }
        } else if (message instanceof ClientMessage.Subscribe subscribe) {
            subscribe(client, subscribe);
        }
    }

    private void subscribe(Client client, ClientMessage.Subscribe wanted) {
        boolean first = client.subscriptions().isEmpty();
        Optional<Subscription> begun =
                followers.subscribe(client, wanted, Optional.ofNullable(current), heldBy(wanted.since()));
        if (begun.isEmpty()) {
            return;
        }
        Subscription subscription = begun.get();
        FilterGroup group = subscription.audience().group();
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

    /** The version that a client can be brought on from. */
    private long heldBy(Optional<ClientMessage.Since> since) {
        return since.filter(s -> current != null && s.epoch().equals(current.epoch()))
                .map(ClientMessage.Since::version)
                .filter(version -> version >= 0 && version <= current.version())
                .orElse(Subscription.NOTHING);
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
        status.tellStateChange(followers.clients());
    }

    /** Once a second: news of the status, signs of life, and an end for those that are stuck. */
    void sweep() {
        if (current != null) {
            scans.retry(current);
            scans.forEachGoing(
                    (group, progress) -> tell(group, subscription -> ScanNews.progress(subscription.id(), progress)));
        }
        status.tellNews(followers.clients());
        keeper.sweep(followers.clients());
    }

    /** Ends all sockets. */
    void dismiss() {
        List.copyOf(followers.clients())
                .forEach(client -> client.close(GOING_AWAY, "The table is not served any more"));
    }

    /** Cancels the scans that are going on. */
    void close() {
        scans.close();
    }
}
