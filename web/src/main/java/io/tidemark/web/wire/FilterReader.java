package io.tidemark.web.wire;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Understands filters as clients write them: the same parameters in a query and on the socket. */
public final class FilterReader {

    public static final String FROM = "from";
    public static final String TO = "to";
    public static final String NULL = "null";

    public static final String BAD_FILTER = "bad-filter";

    /** The type of answer that only a scan of the table can give. */
    public static final String NEEDS_SCAN = "needs-scan";

    private static final int MAX_VALUES = 1000;

    private final CubeSpec spec;

    public FilterReader(CubeSpec spec) {
        this.spec = spec;
    }

    /** Names of the parameters that make up a filter. */
    public Set<String> parameters() {
        Set<String> names = new LinkedHashSet<>(List.of(FROM, TO, NULL));
        spec.dimensions().stream().map(Dimension::name).forEach(names::add);
        return names;
    }

    /**
     * As {@link #readAny}, for who can answer from the cube only.
     *
     * @throws BadRequestException also if the range is not on whole hours
     */
    public Filter read(Map<String, List<String>> parameters) {
        Filter filter = readAny(parameters);
        if (!filter.wholeHours()) {
            throw new BadRequestException(
                    NEEDS_SCAN,
                    "A range that does not begin and end on a whole hour (UTC) needs a scan of the table, which is not"
                            + " done here. Use whole hours or dates.");
        }
        return filter;
    }

    /**
     * Reads a filter.
     *
     * @param parameters by name; others than {@link #parameters()} are not looked at
     * @throws BadRequestException if a value cannot be understood
     */
    public Filter readAny(Map<String, List<String>> parameters) {
        Optional<Instant> from = once(parameters, FROM).map(text -> time(FROM, text, 0));
        Optional<String> toText = once(parameters, TO);
        Optional<Instant> to = toText.map(text -> time(TO, text, 1));
        // An instant may be the same as the other, which selects nothing; a day that lies before it is a mistake.
        Optional<Instant> latest = toText.filter(FilterReader::isDate).isPresent() ? to.map(t -> t.minusNanos(1)) : to;
        if (from.isPresent() && latest.isPresent() && from.get().isAfter(latest.get())) {
            throw bad(
                    "'from' is later than 'to'. 'from' is inclusive, 'to' is exclusive; a date as 'to' includes that day.");
        }
        return new Filter(from, to, values(parameters));
    }

    private Map<String, Set<Optional<String>>> values(Map<String, List<String>> parameters) {
        Map<String, Set<Optional<String>>> values = new HashMap<>();
        int count = 0;
        for (Dimension dimension : spec.dimensions()) {
            for (String value : parameters.getOrDefault(dimension.name(), List.of())) {
                values.computeIfAbsent(dimension.name(), name -> new HashSet<>())
                        .add(Optional.of(value));
                count++;
            }
        }
        for (String name : parameters.getOrDefault(NULL, List.of())) {
            if (spec.dimensions().stream().noneMatch(d -> d.name().equals(name))) {
                throw bad("'null' names a dimension, and there is none called '" + name + "'. Dimensions: "
                        + String.join(
                                ", ",
                                spec.dimensions().stream().map(Dimension::name).toList()) + ".");
            }
            values.computeIfAbsent(name, n -> new HashSet<>()).add(Optional.empty());
            count++;
        }
        if (count > MAX_VALUES) {
            throw bad("A filter may name at most " + MAX_VALUES + " values; this one names " + count + ".");
        }
        values.replaceAll((name, accepted) -> Set.copyOf(accepted));
        return values;
    }

    private static Optional<String> once(Map<String, List<String>> parameters, String name) {
        List<String> given = parameters.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw bad("'" + name + "' is given more than once.");
        }
        return given.stream().findFirst();
    }

    /** @param daysLater added to a date, not to an instant: a date as the end includes that day */
    private static Instant time(String name, String text, int daysLater) {
        try {
            if (isDate(text)) {
                return LocalDate.parse(text)
                        .plusDays(daysLater)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            // A plus sign that was not escaped in a query comes as a space.
            return Instant.parse(text.replace(' ', '+'));
        } catch (DateTimeException e) {
            throw bad(
                    "'" + name + "' is neither an instant such as 2026-01-01T12:00:00Z nor a date such as 2026-01-01: '"
                            + text + "'.");
        }
    }

    private static boolean isDate(String text) {
        return text.indexOf('T') < 0 && text.indexOf('t') < 0;
    }

    private static BadRequestException bad(String message) {
        return new BadRequestException(BAD_FILTER, message);
    }
}
