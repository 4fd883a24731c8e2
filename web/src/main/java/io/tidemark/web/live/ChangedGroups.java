package io.tidemark.web.live;

import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RollUp.HourCount;
import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups that some steps touched under a filter. A group that a later step brought back to what it was counts as
 * touched: a client may hold what lay between.
 */
final class ChangedGroups {
    private static final long SECONDS_PER_HOUR = 3600;

    private record Pair(String first, String second) {}

    private final Filter filter;
    private final Combinations combinations;
    private final List<Optional<Set<Optional<String>>>> accepted;
    private final Set<Long> hours = new TreeSet<>();
    private final List<Set<String>> values = new ArrayList<>();
    private final Set<Pair> pairs = new HashSet<>();
    private final Map<Integer, Boolean> passes = new HashMap<>();

    ChangedGroups(CubeSpec spec, Filter filter, Combinations combinations) {
        this.filter = filter;
        this.combinations = combinations;
        this.accepted = spec.dimensions().stream()
                .map(d -> Optional.ofNullable(filter.values().get(d.name())))
                .toList();
        accepted.forEach(ignored -> values.add(new HashSet<>()));
    }

    void touch(CubeDelta step) {
        for (HourBlock block : step.blocks()) {
            if (inRange(block.hour())) {
                for (int i = 0; i < block.size(); i++) {
                    if (passes.computeIfAbsent(block.combination(i), this::passes)) {
                        touch(block.hour(), block.combination(i));
                    }
                }
            }
        }
    }

    /**
     * The touched groups with their totals; 0 for those that are gone.
     *
     * @param whole all groups after the last step
     */
    RollUp totals(RollUp whole) {
        Map<Long, Long> hourly = new HashMap<>();
        whole.hourly().forEach(h -> hourly.put(h.hour(), h.count()));
        List<List<ValueCount>> dimensions = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            Map<String, Long> counts = new HashMap<>();
            whole.dimensions().get(d).forEach(v -> counts.put(v.value(), v.count()));
            dimensions.add(values.get(d).stream()
                    .map(v -> new ValueCount(v, counts.getOrDefault(v, 0L)))
                    .toList());
        }
        Map<Pair, Long> heatmap = new HashMap<>();
        whole.heatmap().forEach(p -> heatmap.put(new Pair(p.first(), p.second()), p.count()));
        return new RollUp(
                whole.rows(),
                whole.noTime(),
                hours.stream()
                        .map(h -> new HourCount(h, hourly.getOrDefault(h, 0L)))
                        .toList(),
                dimensions,
                pairs.stream()
                        .map(p -> new PairCount(p.first(), p.second(), heatmap.getOrDefault(p, 0L)))
                        .toList());
    }

    private void touch(long hour, int combination) {
        if (hour != HourBlock.NO_TIME) {
            hours.add(hour);
        }
        for (int d = 0; d < values.size(); d++) {
            values.get(d).add(value(combination, d));
        }
        if (values.size() >= 2) {
            pairs.add(new Pair(value(combination, 0), value(combination, 1)));
        }
    }

    private boolean inRange(long hour) {
        if (hour == HourBlock.NO_TIME) {
            return filter.from().isEmpty() && filter.to().isEmpty();
        }
        return filter.from().map(from -> hour >= hourOf(from)).orElse(true)
                && filter.to().map(to -> hour < hourOf(to)).orElse(true);
    }

    private static long hourOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_HOUR);
    }

    private boolean passes(int combination) {
        for (int d = 0; d < accepted.size(); d++) {
            if (accepted.get(d).isPresent()
                    && !accepted.get(d).get().contains(Optional.ofNullable(value(combination, d)))) {
                return false;
            }
        }
        return true;
    }

    private String value(int combination, int dimension) {
        return combinations.value(dimension, combinations.ordinal(combination, dimension));
    }
}
