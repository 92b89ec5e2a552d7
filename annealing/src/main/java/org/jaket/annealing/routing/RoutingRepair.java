package org.jaket.annealing.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Makes routes hold that a sampler returned. */
final class RoutingRepair {
    /** How often a route is reordered from a local minimum on. */
    private static final int ROUNDS = 200;

    /** Turns of ruin and recreate for those who have no place. */
    private static final int TURNS = 3000;

    private RoutingRepair() {}

    static Routing repair(
            RoutingInstance instance, Routing from, SplittableRandom random, long seed) {
        long begin = System.nanoTime();
        RouteState state = new RouteState(instance);
        LatenessRepair repair = new LatenessRepair(instance, random, () -> false);
        List<List<Integer>> routes = joined(instance, from.routes(), state.routes);
        for (int r = 0; r < routes.size(); r++) {
            int[] order = routes.get(r).stream().mapToInt(Integer::intValue).toArray();
            if (!state.holds(order, order.length)) {
                order = repair.repair(order, ROUNDS);
            }
            int size = 0;
            int[] kept = new int[order.length];
            // Whoever cannot be served where he stands waits for another place.
            for (int k : order) {
                kept[size] = k;
                size += state.holds(kept, size + 1) ? 1 : 0;
            }
            state.replace(r, kept, size);
            state.absent -= size;
        }
        state.measure();
        if (state.absent > 0) {
            RoutingSearch search =
                    new RoutingSearch(
                            instance,
                            RuinAndRecreate.near(instance),
                            random.nextLong(),
                            () -> false);
            search.begin(state);
            if (search.best().absent > 0) {
                search.run(TURNS, () -> -1);
            }
            state = search.best();
        }
        return Routing.of(
                instance, state.toLists(), seed, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Joins the shortest routes to each other until there are vehicles enough. */
    private static List<List<Integer>> joined(
            RoutingInstance instance, List<List<Integer>> routes, int vehicles) {
        List<List<Integer>> all = new ArrayList<>(routes);
        while (all.size() > vehicles) {
            all.sort(Comparator.<List<Integer>>comparingInt(List::size).reversed());
            List<Integer> both = new ArrayList<>(all.removeLast());
            both.addAll(all.removeLast());
            both.sort(Comparator.comparingDouble(k -> instance.ready(k) + instance.due(k)));
            all.add(both);
        }
        return all;
    }
}
