package io.tidemark.ingest.scan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one text that a value has, whether it comes from a file or from a partition's name. */
final class ValueText {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*\\d+\\s*,\\s*(-?\\d{1,2})\\s*\\)");

    private ValueText() {}

    /** Scale of a decimal type as a schema writes it. */
    static OptionalInt scale(String typeName) {
        Matcher matcher = DECIMAL.matcher(typeName);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** With as many digits after the point as the table's type has: a file may be older than a widening of the type. */
    static String decimal(BigDecimal value, OptionalInt scale) {
        try {
            BigDecimal scaled = scale.isPresent() ? value.setScale(scale.getAsInt(), RoundingMode.UNNECESSARY) : value;
            return scaled.toPlainString();
        } catch (ArithmeticException e) {
            throw new Malformed("has a decimal with more digits after the point than the table's type");
        }
    }

    static String date(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    /** {@code 2020-01-01T00:00:00Z}; without the Z for a time without a zone. */
    static String time(long epochSecond, long nanos, boolean zoned) {
        Instant instant = Instant.ofEpochSecond(epochSecond, nanos);
        return zoned
                ? instant.toString()
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
