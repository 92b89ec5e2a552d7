package org.jaket.annealing.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Routes, and what they are worth.
 *
 * @param instance whose customers they visit
 * @param routes the customers of each vehicle in their order, without the depot; none is empty
 * @param length the sum of all ways
 * @param unserved the customers that no route visits
 * @param seed with which it can be repeated
 * @param time how long the search took
 */
public record Routing(
        RoutingInstance instance,
        List<List<Integer>> routes,
        double length,
        List<Integer> unserved,
        long seed,
        Duration time) {
    /**
     * Keeps the routes.
     *
     * @throws IllegalArgumentException if a route names a customer that does not exist
     */
    public Routing {
        routes = routes.stream().map(List::copyOf).toList();
        requireCustomers(instance, routes);
        unserved = List.copyOf(unserved);
    }

    /**
     * What routes are worth that come from elsewhere, whether they hold or not; empty ones are left
     * out.
     *
     * @throws IllegalArgumentException if a route names a customer that does not exist
     */
    public static Routing of(RoutingInstance instance, List<List<Integer>> routes) {
        return of(instance, routes, 0, Duration.ZERO);
    }

    private static void requireCustomers(RoutingInstance instance, List<List<Integer>> routes) {
        for (List<Integer> route : routes) {
            for (int k : route) {
                if (k < 1 || k > instance.customers()) {
                    throw new IllegalArgumentException(
                            "a route of %s visits customer %d: they are numbered from 1 to %d, and the depot is in no list"
                                    .formatted(instance.name(), k, instance.customers()));
                }
            }
        }
    }

    /** Computes length and unserved customers of routes; empty routes are left out. */
    static Routing of(
            RoutingInstance instance, List<List<Integer>> routes, long seed, Duration time) {
        requireCustomers(instance, routes);
        boolean[] served = new boolean[instance.customers() + 1];
        double length = 0;
        List<List<Integer>> used = new ArrayList<>();
        for (List<Integer> route : routes) {
            int last = 0;
            for (int k : route) {
                served[k] = true;
                length += instance.distance(last, k);
                last = k;
            }
            if (!route.isEmpty()) {
                length += instance.distance(last, 0);
                used.add(route);
            }
        }
        List<Integer> unserved = new ArrayList<>();
        for (int k = 1; k < served.length; k++) {
            if (!served[k]) {
                unserved.add(k);
            }
        }
        return new Routing(instance, used, length, unserved, seed, time);
    }

    /** Whether every customer is visited and nothing is violated. */
    public boolean isFeasible() {
        return violations().isEmpty();
    }

    /**
     * All that is wrong, in words: customers who are late, not visited or visited twice, loads
     * beyond the capacity, too many routes, and vehicles that come back too late. Takes time in
     * proportion to the customers.
     */
    public List<String> violations() {
        List<String> wrong = new ArrayList<>();
        int[] visits = new int[instance.customers() + 1];
        if (routes.size() > instance.vehicles()) {
            wrong.add("%d routes for %d vehicles".formatted(routes.size(), instance.vehicles()));
        }
        for (int r = 0; r < routes.size(); r++) {
            double time = instance.ready(0);
            double load = 0;
            int last = 0;
            for (int k : routes.get(r)) {
                visits[k]++;
                load += instance.demand(k);
                time = instance.arrival(last, time, k);
                if (time > instance.due(k) + RoutingInstance.TOLERANCE) {
                    wrong.add(
                            "route %d begins at customer %d at %s, after %s"
                                    .formatted(r, k, time, instance.due(k)));
                }
                last = k;
            }
            time = instance.arrival(last, time, 0);
            if (time > instance.due(0) + RoutingInstance.TOLERANCE) {
                wrong.add(
                        "route %d comes back at %s, after %s".formatted(r, time, instance.due(0)));
            }
            if (load > instance.capacity() + RoutingInstance.TOLERANCE) {
                wrong.add(
                        "route %d carries %s, more than %s"
                                .formatted(r, load, instance.capacity()));
            }
        }
        for (int k = 1; k < visits.length; k++) {
            if (visits[k] != 1) {
                wrong.add("customer %d is visited %d times".formatted(k, visits[k]));
            }
        }
        return wrong;
    }

    /** Whether these routes serve more customers than others, or as many on shorter ways. */
    boolean isBetterThan(Routing other) {
        return unserved.size() != other.unserved.size()
                ? unserved.size() < other.unserved.size()
                : length < other.length;
    }

    static List<Integer> list(int[] route) {
        return Arrays.stream(route).boxed().toList();
    }

    @Override
    public String toString() {
        return "%s: length %s, %d routes, %d customers unserved, %s"
                .formatted(instance.name(), length, routes.size(), unserved.size(), routes);
    }
}
