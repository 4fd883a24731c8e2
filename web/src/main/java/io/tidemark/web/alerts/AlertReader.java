package io.tidemark.web.alerts;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterJson;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Understands alerts as clients write them. */
public final class AlertReader {
    /** The type of what is refused, unless it is the filter. */
    public static final String BAD_ALERT = "bad-alert";

    private static final long MAX_SECONDS = Duration.ofDays(7).toSeconds();

    private final CubeSpec spec;

    public AlertReader(CubeSpec spec) {
        this.spec = spec;
    }

    /** @throws BadRequestException if it cannot be understood, or cannot be measured */
    public Alert read(String name, String text) {
        try {
            return read(name, new JsonObject(text));
        } catch (DecodeException e) {
            throw bad("The body must be one JSON object.");
        }
    }

    Alert read(String name, JsonObject json) {
        if (!Alert.isName(name)) {
            throw bad("A name is a text of 1 to " + Alert.MAX_NAME
                    + " characters that can be seen, without slashes and without a space at its ends.");
        }
        if (json.getValue("name") != null && !name.equals(json.getValue("name"))) {
            throw bad("'name' is not that of the path. Leave it out.");
        }
        String kind = oneOf(json, "kind", null, List.of("value", "change", "freshness", "state"));
        refuseAllBut(json, fields(kind));
        Measure measure = switch (kind) {
            case "value" -> value(json);
            case "change" -> change(json);
            case "freshness" ->
                new Measure.Freshness(constant(json, "of", Measure.Since.BEHIND, EnumSet.allOf(Measure.Since.class)));
            default -> state(json);
        };
        Limit limit = measure instanceof Measure.State ? Measure.State.NONE_OF_THEM : limit(json);
        if (measure instanceof Measure.Freshness && !limit.above()) {
            throw bad("Freshness is a number of seconds that may not be too large: use 'above'.");
        }
        return new Alert(name, measure, limit, Duration.ofSeconds(whole(json, "forSeconds", 0, 0, MAX_SECONDS)));
    }

    private static Set<String> fields(String kind) {
        String own = switch (kind) {
            case "value" -> "of filter hours above below clear";
            case "change" -> "filter hours unit above below clear";
            case "freshness" -> "of above below clear";
            default -> "states";
        };
        return Set.of(("name kind forSeconds " + own).split(" "));
    }

    private Measure value(JsonObject json) {
        Measure.Total of = constant(json, "of", Measure.Total.EVENTS, EnumSet.allOf(Measure.Total.class));
        Filter filter = filter(json);
        OptionalInt hours = json.getValue("hours") == null
                ? OptionalInt.empty()
                : OptionalInt.of((int) whole(json, "hours", 1, 1, Measure.MAX_HOURS));
        if (of != Measure.Total.EVENTS && hours.isPresent()) {
            throw bad("'hours' goes with 'of': 'events' only.");
        }
        if (hours.isPresent()) {
            refuseRange(filter);
        }
        if (of == Measure.Total.NO_TIME && hasRange(filter)) {
            throw bad("Rows without a time are in no range of time: leave out 'from' and 'to'.");
        }
        if (of == Measure.Total.SESSIONS) {
            if (spec.distinctColumn().isEmpty()) {
                throw bad("No sessions are counted here: there is no distinct column.");
            }
            if (!filter.isAll()) {
                throw bad(
                        "Sessions under a filter need a scan of the table, which alerts never do. Leave the filter out.");
            }
        }
        return new Measure.Value(of, filter, hours);
    }

    private Measure change(JsonObject json) {
        if (spec.timeColumn().isEmpty()) {
            throw bad("There is no time column, so there are no hours to compare.");
        }
        Filter filter = filter(json);
        refuseRange(filter);
        boolean percent =
                oneOf(json, "unit", "percent", List.of("percent", "events")).equals("percent");
        return new Measure.Change(filter, (int) whole(json, "hours", 1, 1, Measure.MAX_HOURS / 2), percent);
    }

    private static Measure state(JsonObject json) {
        Object given = json.getValue("states");
        if (given == null) {
            return new Measure.State(EnumSet.of(TailState.STALE, TailState.FAILED));
        }
        EnumSet<TailState> states = EnumSet.noneOf(TailState.class);
        for (Object name : given instanceof JsonArray array ? array.getList() : List.of(given)) {
            states.add(Arrays.stream(TailState.values())
                    .filter(state -> Measure.nameOf(state).equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> bad("'states' is a list of these: " + names(EnumSet.allOf(TailState.class)) + ".")));
        }
        if (states.isEmpty()) {
            throw bad("'states' names no state. There are: " + names(EnumSet.allOf(TailState.class)) + ".");
        }
        return new Measure.State(states);
    }

    private Filter filter(JsonObject json) {
        FilterReader reader = new FilterReader(spec);
        return reader.read(FilterJson.parameters(json.getValue("filter"), reader));
    }

    private void refuseRange(Filter filter) {
        if (spec.timeColumn().isEmpty()) {
            throw bad("There is no time column, so there are no hours.");
        }
        if (hasRange(filter)) {
            throw bad("'hours' moves with the time, 'from' and 'to' of the filter do not: give only one of them.");
        }
    }

    private static boolean hasRange(Filter filter) {
        return filter.from().isPresent() || filter.to().isPresent();
    }

    private static Limit limit(JsonObject json) {
        boolean above = json.getValue("above") != null;
        if (above == (json.getValue("below") != null)) {
            throw bad("Give one of 'above' and 'below': a number.");
        }
        double threshold = number(json, above ? "above" : "below");
        double clear = json.getValue("clear") == null ? threshold : number(json, "clear");
        if (above ? clear > threshold : clear < threshold) {
            throw bad("'clear' must not lie beyond the threshold: what is " + (above ? "above" : "below")
                    + " the one would be all right by the other.");
        }
        return new Limit(above, threshold, clear);
    }

    private static double number(JsonObject json, String field) {
        if (json.getValue(field) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw bad("'" + field + "' must be a number.");
    }

    private static long whole(JsonObject json, String field, long otherwise, long least, long most) {
        Object given = json.getValue(field);
        if (given == null) {
            return otherwise;
        }
        boolean whole = given instanceof Integer || given instanceof Long;
        if (whole && ((Number) given).longValue() >= least && ((Number) given).longValue() <= most) {
            return ((Number) given).longValue();
        }
        throw bad("'" + field + "' must be a whole number from " + least + " to " + most + ".");
    }

    private static <E extends Enum<E>> E constant(JsonObject json, String field, E otherwise, EnumSet<E> all) {
        List<String> names = all.stream().map(Measure::nameOf).toList();
        String name = oneOf(json, field, Measure.nameOf(otherwise), names);
        return all.stream()
                .filter(constant -> Measure.nameOf(constant).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** @param otherwise null: it must be there */
    private static String oneOf(JsonObject json, String field, String otherwise, List<String> allowed) {
        Object given = json.getValue(field);
        if (given == null && otherwise != null) {
            return otherwise;
        }
        if (given instanceof String text && allowed.contains(text)) {
            return text;
        }
        throw bad("'" + field + "' must be one of: " + String.join(", ", allowed) + ".");
    }

    private static void refuseAllBut(JsonObject json, Set<String> known) {
        for (String field : json.fieldNames()) {
            if (!known.contains(field)) {
                throw bad("There is no field '" + (field.length() > 60 ? field.substring(0, 60) : field)
                        + "' here. There are: "
                        + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
    }

    private static String names(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Measure::nameOf).collect(Collectors.joining(", "));
    }

    private static BadRequestException bad(String message) {
        return new BadRequestException(BAD_ALERT, message);
    }
}
