package org.jaket.annealing.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small random instances, their optimum by trying all routes, and a check of routes by itself. */
final class SmallInstances {
    private final RoutingInstance instance;
    private double best = Double.POSITIVE_INFINITY;

    private SmallInstances(RoutingInstance instance) {
        this.instance = instance;
    }

    static RoutingInstance random(int customers, int vehicles, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(customers + 1, 0, 20).toArray();
        double[] y = random.doubles(customers + 1, 0, 20).toArray();
        double[][] distance = new double[customers + 1][customers + 1];
        List<RoutingInstance.Stop> stops = new ArrayList<>();
        stops.add(new RoutingInstance.Stop(0, 0, 150, 0));
        for (int i = 0; i <= customers; i++) {
            for (int j = 0; j <= customers; j++) {
                distance[i][j] = Math.hypot(x[i] - x[j], y[i] - y[j]);
            }
            if (i > 0) {
                double ready = random.nextDouble(60);
                double due = ready + 30 + random.nextDouble(30);
                stops.add(new RoutingInstance.Stop(random.nextInt(1, 5), ready, due, 3));
            }
        }
        return RoutingInstance.of("random " + seed, vehicles, 10, stops, distance);
    }

    /** The least length of routes that serve all, infinity if there are none. */
    static double optimum(RoutingInstance instance) {
        SmallInstances search = new SmallInstances(instance);
        search.go(0, 0, instance.stop(0).ready(), 0, 1, 0);
        return search.best;
    }

    private void go(int served, int at, double time, double load, int used, double length) {
        double home = length + instance.distance(at, 0);
        boolean back =
                time + instance.stop(at).service() + instance.distance(at, 0)
                        <= instance.stop(0).due();
        if (back && Integer.bitCount(served) == instance.customers()) {
            best = Math.min(best, home);
        }
        for (int k = 1; k <= instance.customers(); k++) {
            RoutingInstance.Stop stop = instance.stop(k);
            if ((served >> k & 1) == 1) {
                continue;
            }
            double then = time + instance.stop(at).service() + instance.distance(at, k);
            if (then <= stop.due() && load + stop.demand() <= instance.capacity()) {
                double begins = Math.max(then, stop.ready());
                double more = length + instance.distance(at, k);
                go(served | 1 << k, k, begins, load + stop.demand(), used, more);
            }
        }
        if (at != 0 && back && used < instance.vehicles()) {
            go(served, 0, instance.stop(0).ready(), 0, used + 1, home);
        }
    }

    /** The length of routes; -1 if they break anything. */
    static double checked(RoutingInstance instance, List<List<Integer>> routes) {
        List<Integer> all = routes.stream().flatMap(List::stream).sorted().toList();
        boolean right = routes.size() <= instance.vehicles();
        right &= all.size() == instance.customers();
        double length = 0;
        for (int k = 0; k < all.size() && right; k++) {
            right = all.get(k) == k + 1;
        }
        for (List<Integer> route : routes) {
            double time = instance.stop(0).ready();
            double load = 0;
            int at = 0;
            for (int k : route) {
                double way = instance.distance(at, k);
                length += way;
                time += instance.stop(at).service() + way;
                time = Math.max(time, instance.stop(k).ready());
                right &= time <= instance.stop(k).due() + 1e-6;
                load += instance.stop(k).demand();
                at = k;
            }
            length += instance.distance(at, 0);
            time += instance.stop(at).service() + instance.distance(at, 0);
            right &= time <= instance.stop(0).due() + 1e-6 && load <= instance.capacity();
        }
        return right ? length : -1;
    }
}
