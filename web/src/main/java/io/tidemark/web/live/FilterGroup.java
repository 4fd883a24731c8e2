package io.tidemark.web.live;

import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RunningRollUp;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.query.StateQuery;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The roll-up of one filter, kept up to date for all subscriptions that have this filter. Hub thread only.
 *
 * <p>Most are kept up to date by the steps. A filter on parts of hours goes from one scan to the next, and has no state before
 * the first. Exact sessions come by scans too, later than the state that they belong to.
 */
final class FilterGroup {

    /** What subscriptions with one group have in common. */
    record Key(Filter filter, boolean exactSessions) {}

    /**
     * What a step changed.
     *
     * @param totals empty if they are as before
     */
    record Change(Optional<Totals> totals, RollUp groups) {}

    private final Key key;
    private final ServedLimits limits;
    private final boolean scanned;
    private final Map<Set<String>, Audience> audiences = new HashMap<>();
    private RunningRollUp running;
    private RollUp whole;
    private ViewState state; // null: none yet
    private Totals totals;
    private ViewState sessionsOf; // null: the number of sessions is not known yet
    private long revision;

    FilterGroup(Key key, ServedLimits limits) {
        this.key = key;
        this.limits = limits;
        this.scanned = !key.filter().wholeHours();
    }

    Key key() {
        return key;
    }

    /** True if its states come from scans, and not from steps. */
    boolean isScanned() {
        return scanned;
    }

    /** True if something of it comes from scans. */
    boolean needsScan() {
        return scanned || key.exactSessions();
    }

    /** True if a scan would tell more of a version than is known. */
    boolean misses(ViewState now) {
        return needsScan() && !(isOf(state, now) && (!key.exactSessions() || isOf(sessionsOf, now)));
    }

    StateQuery query() {
        return new StateQuery(Optional.empty(), key.filter(), key.exactSessions());
    }

    /** The state that {@link #whole()} and {@link #totals()} are of; null if there is none yet. */
    ViewState state() {
        return state;
    }

    /** Counts up with everything that subscriptions are to be told. */
    long revision() {
        return revision;
    }

    Totals totals() {
        return totals;
    }

    /** All groups at {@link #state()}. */
    RollUp whole() {
        if (whole == null) {
            whole = running.current();
        }
        return whole;
    }

    Collection<Audience> audiences() {
        return audiences.values();
    }

    /** Those who want these views under this filter. */
    Audience audience(Set<String> views) {
        return audiences.computeIfAbsent(views, v -> new Audience(this, v));
    }

    void leave(Audience audience) {
        audiences.remove(audience.views(), audience);
    }

    /** Forgets its state: there will be another, of another history or shape. */
    void reset() {
        state = null;
        running = null;
        whole = null;
        sessionsOf = null;
        changed();
    }

    /** Begins with a state, whatever was before. */
    void start(ViewState first) {
        state = first;
        // The range was applied by the scan.
        Filter cells = scanned ? key.filter().withoutRange() : key.filter();
        running = RunningRollUp.of(first.spec(), first.cube(), first.combinations(), cells, limits);
        whole = running.current();
        totals = Totals.of(whole, sessions());
        changed();
    }

    /** Goes on by one step. */
    Change advance(CubeDelta delta, ViewState next) {
        RollUp rollUp = running.apply(delta, next.combinations());
        state = next;
        whole = null;
        Totals before = totals;
        totals = Totals.of(rollUp, sessions());
        changed();
        return new Change(totals.equals(before) ? Optional.empty() : Optional.of(totals), rollUp);
    }

    /** Goes on to a later state of the same history that was scanned. */
    Change advanceTo(ViewState next) {
        return advance(blocks(next.cube()).plus(blocks(state.cube()).negated()), next);
    }

    private static CubeDelta blocks(Cube cube) {
        List<HourBlock> blocks = new ArrayList<>();
        cube.forEach(HourBlock.NO_TIME, Long.MAX_VALUE, blocks::add);
        return CubeDelta.of(blocks);
    }

    /**
     * Takes a number of sessions that was scanned.
     *
     * @return true if it is that of the group's state
     */
    boolean takeSessions(ViewState counted) {
        sessionsOf = counted;
        if (!isOf(counted, state)) {
            return false;
        }
        totals = new Totals(totals.events(), totals.noTime(), sessions(), totals.values());
        changed();
        return true;
    }

    private OptionalLong sessions() {
        if (key.filter().isAll()) {
            return OptionalLong.of(state.distinct());
        }
        return key.exactSessions() && isOf(sessionsOf, state)
                ? OptionalLong.of(sessionsOf.distinct())
                : OptionalLong.empty();
    }

    private static boolean isOf(ViewState known, ViewState other) {
        return known != null
                && other != null
                && known.version() == other.version()
                && known.epoch().equals(other.epoch());
    }

    private void changed() {
        revision++;
        audiences.values().forEach(Audience::forget);
    }

    /** What somebody may hold otherwise who was brought on until before these steps: they end at {@link #state()}. */
    Change since(List<CubeDelta> steps) {
        // Sessions may have come since, without a step.
        boolean same = steps.isEmpty() && !key.exactSessions();
        return new Change(same ? Optional.empty() : Optional.of(totals), running.since(steps));
    }

    /** What is not listed of all groups at {@link #state()}; empty before there is one. */
    Optional<Unlisted> unlisted() {
        return Optional.ofNullable(running).map(RunningRollUp::unlisted);
    }

    /** Groups that are kept for this filter. */
    long groups() {
        return running == null ? 0 : running.groups();
    }
}
