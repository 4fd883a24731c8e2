package io.tidemark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all views say: view → group → count. A group is its values, null among them; the groups of {@code totals} are the paths of its
 * fields. Views that are left out are not there, empty ones are.
 */
final class Page {
    private final Map<String, Map<List<String>, Long>> views = new TreeMap<>();

    /** Of an answer of REST, or of the {@code views} of a snapshot. */
    static Page of(JsonNode json) {
        Page page = new Page();
        page.merge(json);
        return page;
    }

    Page copy() {
        Page copy = new Page();
        views.forEach((view, groups) -> copy.views.put(view, new HashMap<>(groups)));
        return copy;
    }

    /** Adds an empty view. */
    void view(String name) {
        views.computeIfAbsent(name, any -> new HashMap<>());
    }

    /** A count of 0 takes the group away. */
    void put(String view, List<String> group, long count) {
        view(view);
        if (count == 0 && !view.equals("totals")) {
            views.get(view).remove(group);
        } else {
            views.get(view).put(group, count);
        }
    }

    long count(String view, List<String> group) {
        return views.getOrDefault(view, Map.of()).getOrDefault(group, 0L);
    }

    /** Number of groups of a view whose first value is not null; 0 if there is no such view. */
    long values(String view) {
        return views.getOrDefault(view, Map.of()).keySet().stream()
                .filter(group -> group.get(0) != null)
                .count();
    }

    /** Applies an update: its counts replace what is held. */
    void merge(JsonNode json) {
        json.properties().forEach(field -> {
            if (field.getKey().equals("totals")) {
                views.remove("totals");
                totals(field.getValue(), List.of());
            } else if (field.getValue().isArray()) {
                view(field.getKey());
                field.getValue()
                        .forEach(row ->
                                put(field.getKey(), group(row), row.get("count").longValue()));
            }
        });
    }

    private void totals(JsonNode json, List<String> path) {
        json.properties().forEach(field -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(field.getKey());
            if (field.getValue().isObject()) {
                totals(field.getValue(), deeper);
            } else {
                put("totals", deeper, field.getValue().longValue());
            }
        });
    }

    private static List<String> group(JsonNode row) {
        List<String> group = new ArrayList<>();
        row.properties().forEach(field -> {
            if (!field.getKey().equals("count")) {
                group.add(field.getValue().textValue());
            }
        });
        return group;
    }

    /** @return the first cells in which the other differs; empty if it does not */
    List<String> differences(String here, Page other, String there) {
        List<String> found = new ArrayList<>();
        if (!views.keySet().equals(other.views.keySet())) {
            found.add("views: " + here + " " + views.keySet() + ", " + there + " " + other.views.keySet());
        }
        views.forEach((view, groups) -> {
            Map<List<String>, Long> others = other.views.getOrDefault(view, groups);
            TreeSet<List<String>> keys = new TreeSet<>(Comparator.comparing(List::toString));
            keys.addAll(groups.keySet());
            keys.addAll(others.keySet());
            for (List<String> key : keys) {
                if (found.size() < 20 && !Objects.equals(groups.get(key), others.get(key))) {
                    found.add(view + " " + key + ": " + here + " " + groups.get(key) + ", " + there + " "
                            + others.get(key));
                }
            }
        });
        return found;
    }

    @Override
    public String toString() {
        return views.toString();
    }
}
