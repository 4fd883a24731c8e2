package io.tidemark.views.verify;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every number of a page, by view and group: the one form in which a recount, a state and a service's answer are compared.
 *
 * <p>A group is a list of texts, of which any may be null. What is not there is 0.
 */
final class Cells {
    static final String TOTALS = "totals";
    static final String HOURLY = "hourly";
    static final String HEATMAP = "heatmap";

    /** In place of a group; no view has groups of three texts. */
    private static final String[] UNLISTED = {"all", "groups", "not listed"};

    private final Map<String, Map<List<String>, Long>> views = new LinkedHashMap<>();

    /** Makes a view known, with or without groups. */
    void view(String view) {
        views.computeIfAbsent(view, v -> new LinkedHashMap<>());
    }

    /** @throws IllegalArgumentException if the group is there already: an answer must not name a group twice */
    void put(String view, long count, String... group) {
        view(view);
        if (views.get(view).put(Arrays.asList(group.clone()), count) != null) {
            throw new IllegalArgumentException(
                    "View '" + view + "' has the group " + Arrays.toString(group) + " twice.");
        }
    }

    Set<String> views() {
        return Collections.unmodifiableSet(views.keySet());
    }

    Set<List<String>> groups(String view) {
        return Collections.unmodifiableSet(views.getOrDefault(view, Map.of()).keySet());
    }

    long count(String view, List<String> group) {
        return views.getOrDefault(view, Map.of()).getOrDefault(group, 0L);
    }

    long size() {
        return views.values().stream().mapToLong(Map::size).sum();
    }

    /** Notes the sum of all groups of a view that it does not list. */
    void putUnlisted(String view, long count) {
        put(view, count, UNLISTED);
    }

    /** Sums the groups that the other side counts and does not list, for the views that it does not list whole. */
    void listAs(Cells other) {
        for (Map.Entry<String, Map<List<String>, Long>> view : views.entrySet()) {
            Set<List<String>> listed = other.groups(view.getKey());
            if (listed.contains(Arrays.asList(UNLISTED))) {
                long rest = 0;
                for (Map.Entry<List<String>, Long> group : view.getValue().entrySet()) {
                    rest += listed.contains(group.getKey()) ? 0 : group.getValue();
                }
                view.getValue().keySet().retainAll(listed);
                view.getValue().put(Arrays.asList(UNLISTED), rest);
            }
        }
    }

    /** Forgets a view, of which the other side cannot speak. */
    void drop(String view) {
        views.remove(view);
    }

    /** Forgets a group, of which the other side cannot speak. */
    void drop(String view, String... group) {
        views.getOrDefault(view, new LinkedHashMap<>()).remove(Arrays.asList(group));
    }
}
