package io.tidemark.views.cube;

/** In which order the groups of a view are listed, and which may be listed at all. Groups are known by their keys. */
interface GroupOrder {

    /** Negative if the first group comes before the second; zero only for a group and itself with one count. */
    int compare(long key, long count, long otherKey, long otherCount);

    default boolean listable(long key) {
        return true;
    }

    default int compare(Group a, Group b) {
        return compare(a.key(), a.count(), b.key(), b.count());
    }

    /** The newest first. */
    GroupOrder NEWEST_HOUR = (hour, count, otherHour, otherCount) -> {
        int byHour = Long.compare(otherHour, hour);
        return byHour != 0 ? byHour : Long.compare(otherCount, count);
    };

    /** One group of a view with its total. */
    record Group(long key, long count) {}
}
