package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import java.util.List;

/** How many instances for which event rate: the table of {@code docs/scale.md}, simulated from unit costs that were measured before. */
final class ClusterScale implements Case {
    /** Of docs/scale.md, measured by the case {@code scale}. */
    private static final UnitCosts COSTS = new UnitCosts(0.1, 0.66, 131);
    /** Of docs/design/cluster.md, measured by the case {@code cluster}; that half of a session's cost is the merge's, is assumed. */
    private static final ClusterLoad.Fixed FIXED = new ClusterLoad.Fixed(40_000, 50, 0.5);

    private static final List<Long> EVENTS_A_MINUTE = List.of(1_000_000L, 10_000_000L, 100_000_000L, 1_000_000_000L);

    @Override
    public String name() {
        return "clusterscale";
    }

    @Override
    public String about() {
        return "which step of a cluster saturates when: 1 to 64 instances, simulated";
    }

    @Override
    public void run(Setting setting, Report report) {
        System.out.println(ClusterLoad.HEADER);
        for (long events : EVENTS_A_MINUTE) {
            for (int instances = 1; instances <= 64; instances *= 2) {
                System.out.println(new ClusterLoad(events, instances, COSTS, FIXED).row());
            }
        }
    }
}
