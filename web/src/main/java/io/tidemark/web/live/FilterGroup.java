package io.tidemark.web.live;

import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RollUp.ValueCount;
import io.tidemark.views.cube.RunningRollUp;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Map<Set<String>, Audience> audiences = new HashMap<>();
    private RunningRollUp running;
    private RollUp whole;
    private ViewState state;
    private Totals totals;
    private List<Set<String>> values;

    FilterGroup(Filter filter) {
        this.filter = filter;
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
        running = RunningRollUp.of(first.spec(), first.cube(), first.combinations(), filter);
        whole = running.current();
        values = new ArrayList<>();
        for (List<ValueCount> view : whole.dimensions()) {
            Set<String> present = new HashSet<>();
            note(view, present);
            values.add(present);
        }
        totals = totalsOf(whole);
        audiences.values().forEach(Audience::forget);
    }

    /** Goes on by one step. */
    Change advance(CubeDelta delta, ViewState next) {
        RollUp changed = running.apply(delta, next.combinations());
        state = next;
        whole = null;
        for (int d = 0; d < values.size(); d++) {
            note(changed.dimensions().get(d), values.get(d));
        }
        Totals before = totals;
        totals = totalsOf(changed);
        audiences.values().forEach(Audience::forget);
        return new Change(totals.equals(before) ? Optional.empty() : Optional.of(totals), changed);
    }

    private static void note(List<ValueCount> counts, Set<String> present) {
        for (ValueCount value : counts) {
            if (value.value() != null) {
                if (value.count() == 0) {
                    present.remove(value.value());
                } else {
                    present.add(value.value());
                }
            }
        }
    }

    private Totals totalsOf(RollUp rollUp) {
        return Totals.of(
                state, filter, rollUp, values.stream().map(v -> (long) v.size()).toList());
    }
}
