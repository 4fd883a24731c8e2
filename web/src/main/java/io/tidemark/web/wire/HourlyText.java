package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.cube.RollUp.HourCount;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/**
 * The hourly view as JSON text, put together by hand: a year is 8,760 objects, nine tenths of a page, and all that differs
 * between two of them is a date once a day, an hour and a count.
 */
final class HourlyText {
    /** About as many are written for each hour. */
    static final int CHARACTERS_AN_HOUR = 48;

    private static final int HOURS_A_DAY = 24;
    private static final String FROM_HOUR_TO_COUNT = ":00:00Z\",\"count\":";
    /** Beginning with its comma; even a year of six digits and a count of nineteen leave half of it free. */
    private final char[] object = new char[128];

    private long day = Long.MIN_VALUE;
    private int hourAt;

    private HourlyText() {}

    /** Writes an array of one object an hour, times as in {@link Json#hour}; no count may be below zero. */
    static void array(List<HourCount> hours, JsonGenerator json) throws IOException {
        HourlyText text = new HourlyText();
        json.writeStartArray();
        int from = 1;
        for (HourCount hour : hours) {
            json.writeRaw(text.object, from, text.put(hour) - from);
            from = 0;
        }
        json.writeEndArray();
    }

    /** Returns where the object ends. */
    private int put(HourCount hour) {
        long itsDay = Math.floorDiv(hour.hour(), (long) HOURS_A_DAY);
        if (itsDay != day) {
            day = itsDay;
            hourAt = put(",{\"hour\":\"" + LocalDate.ofEpochDay(day) + "T", 0);
            put(FROM_HOUR_TO_COUNT, hourAt + 2);
        }
        int ofDay = (int) (hour.hour() - day * HOURS_A_DAY);
        object[hourAt] = (char) ('0' + ofDay / 10);
        object[hourAt + 1] = (char) ('0' + ofDay % 10);
        int end = put(hour.count(), hourAt + 2 + FROM_HOUR_TO_COUNT.length());
        object[end] = '}';
        return end + 1;
    }

    /** Without a text of its own for each number, as would be a third of what a page asks of the heap. */
    private int put(long count, int at) {
        int end = at + 1;
        for (long rest = count; rest >= 10; rest /= 10) {
            end++;
        }
        long rest = count;
        for (int i = end - 1; i >= at; i--) {
            object[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private int put(String part, int at) {
        part.getChars(0, part.length(), object, at);
        return at + part.length();
    }
}
