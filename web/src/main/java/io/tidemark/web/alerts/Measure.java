package io.tidemark.web.alerts;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.FilteredRows;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.ViewState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** A number that an alert looks at. */
sealed interface Measure {

    /** The longest that can be looked back, in hours: a year. */
    int MAX_HOURS = 8784;

    /** Name in the contract. */
    String kind();

    /** What it is at a moment; of the cube, without any scan. */
    Reading read(Facts facts);

    /** Equal for facts of which it says the same. */
    Object essence(Facts facts);

    /** Which number of the totals. */
    enum Total {
        EVENTS,
        NO_TIME,
        /** Of the whole table only. */
        SESSIONS
    }

    /**
     * One of the totals, of a filter.
     *
     * @param hours only rows of so many of the last whole hours; empty: whatever their time
     */
    record Value(Total of, Filter filter, OptionalInt hours) implements Measure {

        @Override
        public String kind() {
            return "value";
        }

        @Override
        public Reading read(Facts facts) {
            return Reading.of(
                    facts.state()
                            .filter(state -> hours.isEmpty() || facts.hasHoursBefore())
                            .map(state -> OptionalDouble.of(of(state, facts)))
                            .orElseGet(OptionalDouble::empty),
                    facts);
        }

        private long of(ViewState state, Facts facts) {
            return switch (of) {
                case EVENTS ->
                    hours.isPresent()
                            ? rows(state, filter, facts.hour() - hours.getAsInt(), facts.hour())
                            : FilteredRows.count(state.spec(), state.cube(), state.combinations(), filter);
                case NO_TIME -> rows(state, filter, HourBlock.NO_TIME, HourBlock.NO_TIME + 1);
                case SESSIONS -> state.distinct();
            };
        }

        @Override
        public Object essence(Facts facts) {
            return hours.isPresent() ? hoursOf(facts) : versionOf(facts);
        }
    }

    /**
     * By how much a count of the last whole hours differs from that of as many hours before.
     *
     * @param percent of the earlier count, of which there is none if that is 0; else by how many rows
     */
    record Change(Filter filter, int hours, boolean percent) implements Measure {

        @Override
        public String kind() {
            return "change";
        }

        @Override
        public Reading read(Facts facts) {
            return Reading.of(
                    facts.state()
                            .filter(state -> facts.hasHoursBefore())
                            .map(state -> of(state, facts))
                            .orElseGet(OptionalDouble::empty),
                    facts);
        }

        private OptionalDouble of(ViewState state, Facts facts) {
            long end = facts.hour();
            long last = rows(state, filter, end - hours, end);
            long before = rows(state, filter, end - 2L * hours, end - hours);
            if (!percent) {
                return OptionalDouble.of(last - before);
            }
            return before == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (last - before) / before);
        }

        @Override
        public Object essence(Facts facts) {
            return hoursOf(facts);
        }
    }

    /** Which clock. */
    enum Since {
        /** The service last knew that it had everything. */
        BEHIND,
        /** The version that is served was committed. */
        COMMIT
    }

    /** Seconds since something. */
    record Freshness(Since of) implements Measure {

        @Override
        public String kind() {
            return "freshness";
        }

        @Override
        public Reading read(Facts facts) {
            Optional<Instant> since = of == Since.BEHIND
                    ? facts.tail().currentAt()
                    : facts.state().map(ViewState::committedAt);
            return Reading.of(
                    since.map(at -> OptionalDouble.of(Math.max(
                                            0, Duration.between(at, facts.now()).toMillis())
                                    / 1000.0))
                            .orElseGet(OptionalDouble::empty),
                    facts);
        }

        @Override
        public Object essence(Facts facts) {
            return facts.now();
        }
    }

    /** 1 while the table is in one of some states, else 0. */
    record State(Set<TailState> states) implements Measure {
        /** The limit of every alert with this measure. */
        static final Limit NONE_OF_THEM = Limit.above(0);

        public State {
            states = Set.copyOf(states);
        }

        @Override
        public String kind() {
            return "state";
        }

        @Override
        public Reading read(Facts facts) {
            TailState now = facts.tail().state();
            return Reading.of(OptionalDouble.of(states.contains(now) ? 1 : 0), facts)
                    .withWord(nameOf(now));
        }

        @Override
        public Object essence(Facts facts) {
            return facts.tail().state();
        }
    }

    /** As the contract has it. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long rows(ViewState state, Filter filter, long from, long to) {
        return FilteredRows.count(state.spec(), state.cube(), state.combinations(), filter, from, to);
    }

    private static Object hoursOf(Facts facts) {
        return List.of(versionOf(facts), facts.hour(), facts.hasHoursBefore());
    }

    private static Object versionOf(Facts facts) {
        return facts.state()
                .map(state -> List.<Object>of(state.epoch(), state.version()))
                .orElse(List.of());
    }
}
