package io.tidemark.web.wire;

import io.tidemark.views.cube.RollUp.HourCount;
import java.time.LocalDate;
import java.util.List;

/**
 * The hourly view as JSON text, put together by hand: a year is 8,760 objects, nine tenths of a page, and all that differs
 * between two of them is a date once a day, an hour and a count.
 */
final class HourlyText {
    private static final int HOURS_A_DAY = 24;
    private static final int CHARACTERS_AN_HOUR = 52;
    private static final String[] FROM_HOUR_TO_COUNT = new String[HOURS_A_DAY];

    static {
        for (int hour = 0; hour < HOURS_A_DAY; hour++) {
            FROM_HOUR_TO_COUNT[hour] = "T" + hour / 10 + hour % 10 + ":00:00Z\",\"count\":";
        }
    }

    private HourlyText() {}

    /** An array of one object an hour, times as in {@link Json#hour}. */
    static String array(List<HourCount> hours) {
        StringBuilder text = new StringBuilder(2 + CHARACTERS_AN_HOUR * hours.size()).append('[');
        long day = Long.MIN_VALUE;
        String date = "";
        for (HourCount hour : hours) {
            long itsDay = Math.floorDiv(hour.hour(), (long) HOURS_A_DAY);
            if (itsDay != day) {
                day = itsDay;
                date = LocalDate.ofEpochDay(day).toString();
            }
            text.append(text.length() == 1 ? "{\"hour\":\"" : ",{\"hour\":\"")
                    .append(date)
                    .append(FROM_HOUR_TO_COUNT[(int) (hour.hour() - day * HOURS_A_DAY)])
                    .append(hour.count())
                    .append('}');
        }
        return text.append(']').toString();
    }
}
