package io.tidemark.views.cube;

import io.tidemark.views.cube.GroupOrder.Group;
import io.tidemark.views.cube.RollUp.HourCount;
import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import io.tidemark.views.cube.Unlisted.Rest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The groups of every view of one roll-up: by hour, by value of each dimension, by pair of the first two. */
final class Groups {
    private final HourSums hours;
    private final List<GroupSums> values = new ArrayList<>();
    private final GroupSums pairs;
    private Combinations combinations;

    Groups(Combinations combinations, ServedLimits limits) {
        this.combinations = combinations;
        hours = new HourSums(limits.hours());
        for (int d = 0; d < combinations.dimensions(); d++) {
            values.add(new GroupSums(new ValueOrder(d, limits.valueLength()), limits.values()));
        }
        pairs = new GroupSums(new PairOrder(limits.valueLength()), limits.pairs());
    }

    /** Adds an hour after the one before, before the first step. */
    void loadHour(long hour, long n) {
        hours.load(hour, n);
    }

    /** Adds to the groups of a combination, before the first step. */
    void load(int combination, long n) {
        for (int d = 0; d < values.size(); d++) {
            values.get(d).load(combinations.ordinal(combination, d), n);
        }
        if (values.size() >= 2) {
            long first = combinations.ordinal(combination, 0);
            pairs.load(first << 32 | combinations.ordinal(combination, 1), n);
        }
    }

    private static int first(long pair) {
        return (int) (pair >>> 32);
    }

    /** To be called when all is loaded and steps will follow. */
    void begin() {
        hours.groups().begin();
        values.forEach(GroupSums::begin);
        pairs.begin();
    }

    /** Groups that are kept here. */
    long held() {
        return hours.groups().held()
                + pairs.held()
                + values.stream().mapToLong(GroupSums::held).sum();
    }

    /** What is not listed, when {@link #begin} was called. */
    Unlisted unlisted() {
        return new Unlisted(
                Optional.ofNullable(hours.groups().rest()),
                values.stream().map(view -> Optional.ofNullable(view.rest())).toList(),
                Optional.ofNullable(pairs.rest()));
    }

    /** All that is listed. */
    RollUp whole(long rows, long noTime) {
        boolean allHours = hours.listsAll();
        List<Group> newest = allHours ? List.of() : hours.groups().listed();
        Optional<Rest> hourRest =
                allHours ? Optional.empty() : Optional.ofNullable(hours.groups().rest(newest));
        List<List<ValueCount>> dimensions = new ArrayList<>();
        List<Optional<Rest>> rests = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            List<Group> listed = values.get(d).listed();
            dimensions.add(valueCounts(d, listed));
            rests.add(Optional.ofNullable(values.get(d).rest(listed)));
        }
        List<Group> listedPairs = pairs.listed();
        return new RollUp(
                rows,
                noTime,
                allHours ? hours.all() : hourCounts(newest),
                dimensions,
                pairCounts(listedPairs),
                distinctValues(),
                new Unlisted(hourRest, rests, Optional.ofNullable(pairs.rest(listedPairs))));
    }

    /**
     * Goes on by one step.
     *
     * @param after what is known after the step
     * @return what changed
     */
    RollUp apply(GroupSteps step, Combinations after, long rows, long noTime) {
        combinations = after;
        List<GroupSums.Change> changes = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            changes.add(values.get(d).apply(step.values().get(d)));
        }
        return change(hours.groups().apply(step.hours()), changes, pairs.apply(step.pairs()), rows, noTime);
    }

    /** As {@link GroupSums#since}, for every view. */
    RollUp since(GroupSteps touched, long rows, long noTime) {
        List<GroupSums.Change> changes = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            changes.add(values.get(d).since(keys(touched.values().get(d))));
        }
        return change(
                hours.groups().since(keys(touched.hours())), changes, pairs.since(keys(touched.pairs())), rows, noTime);
    }

    private static Set<Long> keys(LongSums sums) {
        Set<Long> keys = new HashSet<>();
        sums.forEach((key, n) -> keys.add(key));
        return keys;
    }

    private RollUp change(
            GroupSums.Change hour, List<GroupSums.Change> dimensions, GroupSums.Change pair, long rows, long noTime) {
        List<List<ValueCount>> counts = new ArrayList<>();
        for (int d = 0; d < dimensions.size(); d++) {
            counts.add(valueCounts(d, sorted(dimensions.get(d).groups(), new ValueOrder(d, 1))));
        }
        return new RollUp(
                rows,
                noTime,
                hourCounts(hour.groups()),
                counts,
                pairCounts(sorted(pair.groups(), new PairOrder(1))),
                distinctValues(),
                new Unlisted(
                        hour.rest(),
                        dimensions.stream().map(GroupSums.Change::rest).toList(),
                        pair.rest()));
    }

    private static List<Group> sorted(List<Group> groups, GroupOrder order) {
        groups.sort(order::compare);
        return groups;
    }

    private List<Long> distinctValues() {
        return values.stream()
                .map(view -> view.groups() - (view.has(Combinations.NULL) ? 1 : 0))
                .toList();
    }

    private static List<HourCount> hourCounts(List<Group> groups) {
        List<HourCount> counts = new ArrayList<>(groups.size());
        groups.forEach(group -> counts.add(new HourCount(group.key(), group.count())));
        counts.sort(Comparator.comparingLong(HourCount::hour));
        return counts;
    }

    private List<ValueCount> valueCounts(int dimension, List<Group> groups) {
        List<ValueCount> counts = new ArrayList<>(groups.size());
        groups.forEach(group ->
                counts.add(new ValueCount(combinations.value(dimension, (int) group.key()), group.count())));
        return counts;
    }

    private List<PairCount> pairCounts(List<Group> groups) {
        List<PairCount> counts = new ArrayList<>(groups.size());
        groups.forEach(group -> counts.add(new PairCount(
                combinations.value(0, first(group.key())), combinations.value(1, (int) group.key()), group.count())));
        return counts;
    }

    /** Count descending, then value by code points, null first. Keys are ordinals. */
    private final class ValueOrder implements GroupOrder {
        private final int dimension;
        private final int longest;

        ValueOrder(int dimension, int longest) {
            this.dimension = dimension;
            this.longest = longest;
        }

        @Override
        public int compare(long key, long count, long otherKey, long otherCount) {
            if (count != otherCount || key == otherKey) {
                return Long.compare(otherCount, count);
            }
            return CodePointOrder.compare(
                    combinations.value(dimension, (int) key), combinations.value(dimension, (int) otherKey));
        }

        @Override
        public boolean listable(long key) {
            return key == Combinations.NULL
                    || combinations.value(dimension, (int) key).length() <= longest;
        }
    }

    /** As {@link ValueOrder}; keys are two ordinals. */
    private final class PairOrder implements GroupOrder {
        private final ValueOrder down;
        private final ValueOrder along;

        PairOrder(int longest) {
            down = new ValueOrder(0, longest);
            along = new ValueOrder(1, longest);
        }

        @Override
        public int compare(long key, long count, long otherKey, long otherCount) {
            if (count != otherCount || key == otherKey) {
                return Long.compare(otherCount, count);
            }
            int byFirst = down.compare(first(key), 0, first(otherKey), 0);
            return byFirst != 0 ? byFirst : along.compare((int) key, 0, (int) otherKey, 0);
        }

        @Override
        public boolean listable(long key) {
            return down.listable(first(key)) && along.listable((int) key);
        }
    }
}
