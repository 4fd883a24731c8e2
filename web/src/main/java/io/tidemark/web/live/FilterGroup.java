package io.tidemark.web.live;

import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RunningRollUp;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.Totals;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roll-up of one filter, kept up to date for all subscriptions that have this filter. Hub thread only. */
final class FilterGroup {

    /**
     * What a step changed.
     *
     * @param totals empty if they are as before
     */
    record Change(Optional<Totals> totals, RollUp groups) {}

    private final Filter filter;
    private final ServedLimits limits;
    private final Map<Set<String>, Audience> audiences = new HashMap<>();
    private RunningRollUp running;
    private RollUp whole;
    private ViewState state;
    private Totals totals;

    FilterGroup(Filter filter, ServedLimits limits) {
        this.filter = filter;
        this.limits = limits;
    }

    Filter filter() {
        return filter;
    }

    /** The state that {@link #whole()} and {@link #totals()} are of. */
    ViewState state() {
        return state;
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

    /** Begins with a state, whatever was before. */
    void start(ViewState first) {
        state = first;
        running = RunningRollUp.of(first.spec(), first.cube(), first.combinations(), filter, limits);
        whole = running.current();
        totals = Totals.of(state, filter, whole);
        audiences.values().forEach(Audience::forget);
    }

    /** Goes on by one step. */
    Change advance(CubeDelta delta, ViewState next) {
        RollUp changed = running.apply(delta, next.combinations());
        state = next;
        whole = null;
        Totals before = totals;
        totals = Totals.of(state, filter, changed);
        audiences.values().forEach(Audience::forget);
        return new Change(totals.equals(before) ? Optional.empty() : Optional.of(totals), changed);
    }

    /** What somebody may hold otherwise who was brought on until before these steps: they end at {@link #state()}. */
    Change since(List<CubeDelta> steps) {
        return new Change(steps.isEmpty() ? Optional.empty() : Optional.of(totals), running.since(steps));
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
