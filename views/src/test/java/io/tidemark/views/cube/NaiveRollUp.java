package io.tidemark.views.cube;

import io.tidemark.views.cube.RollUp.HourCount;
import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Roll-ups made with maps and sorting, from rows; and what a subscriber makes of changes. */
final class NaiveRollUp {

    private NaiveRollUp() {}

    /** Groups with maps, and sorts by code points as numbers. */
    static RollUp recount(List<List<Row>> files, CubeSpec spec, Filter filter) {
        List<Row> rows = files.stream()
                .flatMap(List::stream)
                .filter(row -> passes(row, spec, filter))
                .toList();
        TreeMap<Long, Long> hours = new TreeMap<>();
        rows.forEach(row -> hours.merge(row.hour(), 1L, Long::sum));
        Long noTime = hours.remove(HourBlock.NO_TIME);
        List<List<ValueCount>> dimensions = new ArrayList<>();
        for (int d = 0; d < spec.dimensions().size(); d++) {
            Map<String, Long> counts = new HashMap<>();
            for (Row row : rows) {
                counts.merge(row.values().get(d), 1L, Long::sum);
            }
            List<ValueCount> list = new ArrayList<>();
            counts.forEach((value, n) -> list.add(new ValueCount(value, n)));
            dimensions.add(inOrder(list));
        }
        Map<List<String>, Long> pairs = new HashMap<>();
        if (spec.dimensions().size() >= 2) {
            rows.forEach(row ->
                    pairs.merge(Arrays.asList(row.values().get(0), row.values().get(1)), 1L, Long::sum));
        }
        List<PairCount> heatmap = new ArrayList<>();
        pairs.forEach((pair, n) -> heatmap.add(new PairCount(pair.get(0), pair.get(1), n)));
        return new RollUp(
                rows.size(),
                noTime == null ? 0 : noTime,
                hours.entrySet().stream()
                        .map(e -> new HourCount(e.getKey(), e.getValue()))
                        .toList(),
                dimensions,
                pairsInOrder(heatmap),
                dimensions.stream()
                        .map(list ->
                                list.stream().filter(v -> v.value() != null).count())
                        .toList(),
                Unlisted.nothing(dimensions.size()));
    }

    /** What of it may be listed, by sorting and cutting. */
    static RollUp cut(RollUp all, ServedLimits limits) {
        int newest = Math.max(0, all.hourly().size() - limits.hours());
        List<List<ValueCount>> dimensions = new ArrayList<>();
        List<Optional<Unlisted.Rest>> rests = new ArrayList<>();
        for (List<ValueCount> view : all.dimensions()) {
            List<ValueCount> listed = view.stream()
                    .filter(v -> v.value() == null || v.value().length() <= limits.valueLength())
                    .limit(limits.values())
                    .toList();
            dimensions.add(listed);
            rests.add(rest(view.size() - listed.size(), all.rows() - sum(listed.stream(), ValueCount::count)));
        }
        List<PairCount> pairs = all.heatmap().stream()
                .filter(p ->
                        Stream.of(p.first(), p.second()).allMatch(v -> v == null || v.length() <= limits.valueLength()))
                .limit(limits.pairs())
                .toList();
        return new RollUp(
                all.rows(),
                all.noTime(),
                all.hourly().subList(newest, all.hourly().size()),
                dimensions,
                pairs,
                all.values(),
                new Unlisted(
                        rest(newest, sum(all.hourly().subList(0, newest).stream(), HourCount::count)),
                        rests,
                        rest(
                                all.heatmap().size() - pairs.size(),
                                sum(all.heatmap().stream(), PairCount::count)
                                        - sum(pairs.stream(), PairCount::count))));
    }

    private static <T> long sum(Stream<T> groups, ToLongFunction<T> count) {
        return groups.mapToLong(count).sum();
    }

    private static Optional<Unlisted.Rest> rest(long groups, long rows) {
        return groups == 0 ? Optional.empty() : Optional.of(new Unlisted.Rest(groups, rows));
    }

    private static boolean passes(Row row, CubeSpec spec, Filter filter) {
        if (filter.from().isPresent() || filter.to().isPresent()) {
            if (row.hour() == HourBlock.NO_TIME) {
                return false;
            }
            Instant time = Instant.ofEpochSecond(row.hour() * 3600);
            if (filter.from().map(time::isBefore).orElse(false)
                    || filter.to().map(to -> !time.isBefore(to)).orElse(false)) {
                return false;
            }
        }
        return IntStream.range(0, spec.dimensions().size())
                .allMatch(d -> Optional.ofNullable(
                                filter.values().get(spec.dimensions().get(d).name()))
                        .map(accepted -> accepted.contains(
                                Optional.ofNullable(row.values().get(d))))
                        .orElse(true));
    }

    /** What a subscriber who holds a roll-up makes of a change. */
    static RollUp told(RollUp held, RollUp change) {
        TreeMap<Long, Long> hours = new TreeMap<>();
        Stream.of(held, change).flatMap(r -> r.hourly().stream()).forEach(hour -> hours.put(hour.hour(), hour.count()));
        hours.values().removeIf(n -> n == 0);
        List<List<ValueCount>> dimensions = new ArrayList<>();
        for (int d = 0; d < held.dimensions().size(); d++) {
            Map<String, Long> counts = new HashMap<>();
            held.dimensions().get(d).forEach(v -> counts.put(v.value(), v.count()));
            change.dimensions().get(d).forEach(v -> counts.put(v.value(), v.count()));
            counts.values().removeIf(n -> n == 0);
            List<ValueCount> list = new ArrayList<>();
            counts.forEach((value, n) -> list.add(new ValueCount(value, n)));
            dimensions.add(inOrder(list));
        }
        Map<List<String>, Long> pairs = new HashMap<>();
        Stream.of(held, change)
                .flatMap(r -> r.heatmap().stream())
                .forEach(pair -> pairs.put(Arrays.asList(pair.first(), pair.second()), pair.count()));
        pairs.values().removeIf(n -> n == 0);
        List<PairCount> heatmap = new ArrayList<>();
        pairs.forEach((pair, n) -> heatmap.add(new PairCount(pair.get(0), pair.get(1), n)));
        return new RollUp(
                change.rows(),
                change.noTime(),
                hours.entrySet().stream()
                        .map(e -> new HourCount(e.getKey(), e.getValue()))
                        .toList(),
                dimensions,
                pairsInOrder(heatmap),
                change.values(),
                new Unlisted(
                        rest(held.unlisted().hourly(), change.unlisted().hourly()),
                        IntStream.range(0, dimensions.size())
                                .mapToObj(d -> rest(
                                        held.unlisted().dimensions().get(d),
                                        change.unlisted().dimensions().get(d)))
                                .toList(),
                        rest(held.unlisted().heatmap(), change.unlisted().heatmap())));
    }

    private static Optional<Unlisted.Rest> rest(Optional<Unlisted.Rest> held, Optional<Unlisted.Rest> change) {
        return change.or(() -> held).filter(rest -> rest.rows() != 0);
    }

    // The made-up values are ASCII: their code points come in the order of compareTo.
    private static final Comparator<String> VALUES = Comparator.nullsFirst(Comparator.naturalOrder());

    static List<ValueCount> inOrder(List<ValueCount> list) {
        list.sort(Comparator.comparing((ValueCount v) -> -v.count()).thenComparing(ValueCount::value, VALUES));
        return list;
    }

    static List<PairCount> pairsInOrder(List<PairCount> list) {
        list.sort(Comparator.comparing((PairCount v) -> -v.count())
                .thenComparing(PairCount::first, VALUES)
                .thenComparing(PairCount::second, VALUES));
        return list;
    }
}
