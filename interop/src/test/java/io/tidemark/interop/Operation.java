package io.tidemark.interop;

import java.util.function.Predicate;

/**
 * One way in which a writer changes the table.
 *
 * @param weight how often it is chosen, compared with the others
 * @param possible whether it makes sense for a table like this
 */
record Operation(String name, int weight, Predicate<TableState> possible, Action action) {

    interface Action {
        void run(TableState table) throws Exception;
    }

    static Operation of(String name, int weight, Action action) {
        return new Operation(name, weight, any -> true, action);
    }
}
