package io.tidemark.web.live;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.store.ViewState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Who follows what, within limits: clients, their subscriptions, and the filters that these share. Hub thread only. */
final class Followers {
    private final HubLimits limits;
    private final ServedLimits served;
    private final Consumer<FilterGroup> forgotten;
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Map<FilterGroup.Key, FilterGroup> groups = new HashMap<>();
    /** Always there: what is not listed of it is told in the status, whoever follows. */
    private final FilterGroup whole;

    /** @param forgotten is told of filters that nobody follows any more */
    Followers(HubLimits limits, ServedLimits served, Consumer<FilterGroup> forgotten) {
        this.limits = limits;
        this.served = served;
        this.forgotten = forgotten;
        this.whole = new FilterGroup(new FilterGroup.Key(Filter.ALL, false), served);
        groups.put(whole.key(), whole);
    }

    Set<Client> clients() {
        return clients;
    }

    /** By filter; that of all rows is among them. */
    Collection<FilterGroup> groups() {
        return groups.values();
    }

    FilterGroup whole() {
        return whole;
    }

    boolean has(Client client) {
        return clients.contains(client);
    }

    boolean has(FilterGroup group) {
        return groups.get(group.key()) == group;
    }

    void attach(Client client) {
        if (!client.isClosed()) {
            clients.add(client);
        }
    }

    void detach(Client client) {
        clients.remove(client);
        List.copyOf(client.subscriptions().keySet()).forEach(id -> drop(client, id));
    }

    /**
     * Begins a subscription, in place of another with the same id.
     *
     * @param current to begin a new filter with; empty before there is a state
     * @param held the version that the client holds
     * @return empty if there are too many; the client was told
     */
    Optional<Subscription> subscribe(
            Client client, ClientMessage.Subscribe wanted, Optional<ViewState> current, long held) {
        drop(client, wanted.id());
        if (client.subscriptions().size() >= limits.subscriptions()) {
            client.send(ErrorJson.of(
                    wanted.id(),
                    "too-many-subscriptions",
                    "A socket may have " + limits.subscriptions() + " subscriptions. Unsubscribe from one first."));
            return Optional.empty();
        }
        Optional<FilterGroup> group = Optional.ofNullable(groups.get(wanted.rows()));
        if (group.isEmpty()) {
            group = begin(client, wanted, current);
        }
        return group.map(followed -> {
            Audience audience = followed.audience(wanted.views());
            Subscription subscription = new Subscription(client, ErrorJson.quoted(wanted.id()), audience, held);
            audience.subscriptions().add(subscription);
            client.subscriptions().put(wanted.id(), subscription);
            return subscription;
        });
    }

    private Optional<FilterGroup> begin(Client client, ClientMessage.Subscribe wanted, Optional<ViewState> current) {
        if (groups.size() > limits.filters()) { // one more, that of all rows
            client.send(ErrorJson.of(
                    wanted.id(),
                    "too-many-filters",
                    "All sockets together follow " + limits.filters() + " filters already. Try again later, or ask"
                            + " REST."));
            return Optional.empty();
        }
        FilterGroup group = new FilterGroup(wanted.rows(), served);
        if (!group.isScanned()) {
            current.ifPresent(group::start);
        }
        if (filteredGroups() + group.groups() > limits.groups()) {
            client.send(tooManyGroups(wanted.id()));
            return Optional.empty();
        }
        groups.put(wanted.rows(), group);
        return Optional.of(group);
    }

    private static String tooManyGroups(String id) {
        return ErrorJson.of(
                id,
                "too-many-filters",
                "The filters that are followed have as many values, hours and pairs as fit in memory. Choose a narrower"
                        + " filter, or ask REST.");
    }

    /** Groups of all filters but the one that lets everything pass. */
    private long filteredGroups() {
        return groups.values().stream()
                .filter(group -> group != whole)
                .mapToLong(FilterGroup::groups)
                .sum();
    }

    /** Filters grow with the table: gives up those that have most, until the others fit. */
    void shed() {
        while (filteredGroups() > limits.groups()) {
            FilterGroup largest = groups.values().stream()
                    .filter(group -> group != whole)
                    .max(Comparator.comparingLong(FilterGroup::groups))
                    .orElseThrow();
            for (Client client : clients) {
                for (Map.Entry<String, Subscription> followed :
                        List.copyOf(client.subscriptions().entrySet())) {
                    if (followed.getValue().audience().group() == largest) {
                        client.send(tooManyGroups(followed.getKey()));
                        drop(client, followed.getKey());
                    }
                }
            }
            forget(largest);
        }
    }

    /** False if the client has no subscription with this id. */
    boolean drop(Client client, String id) {
        Subscription subscription = client.subscriptions().remove(id);
        if (subscription == null) {
            return false;
        }
        Audience audience = subscription.audience();
        audience.subscriptions().remove(subscription);
        if (audience.subscriptions().isEmpty()) {
            audience.group().leave(audience);
            if (audience.group() != whole && audience.group().audiences().isEmpty()) {
                forget(audience.group());
            }
        }
        return true;
    }

    private void forget(FilterGroup group) {
        groups.remove(group.key(), group);
        forgotten.accept(group);
    }
}
