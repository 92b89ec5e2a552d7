package org.jaket.annealing.routing;

import org.jaket.annealing.problem.SolomonInstance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An instance of vehicle routing with capacities and time windows (CVRPTW); with one vehicle and
 * without demands it is the travelling salesman problem with time windows (TSPTW). Place 0 is the
 * depot, where all vehicles start when it opens and to which they return until it closes; customers
 * are numbered from 1. A vehicle that comes early waits. A way takes as long as it is far, in the
 * same unit.
 *
 * <p>Immutable.
 */
public final class RoutingInstance {
    /** By how much a window or the capacity may be missed, in sums that are rounded. */
    static final double TOLERANCE = 1e-7;

    private final String name;
    private final int vehicles;
    private final double capacity;
    private final double[] demand;
    private final double[] ready;
    private final double[] due;
    private final double[] service;
    private final double[] distance;

    private RoutingInstance(
            String name, int vehicles, double capacity, List<Stop> stops, double[] distance) {
        this.name = name;
        this.vehicles = vehicles;
        this.capacity = capacity;
        demand = stops.stream().mapToDouble(Stop::demand).toArray();
        ready = stops.stream().mapToDouble(Stop::ready).toArray();
        due = stops.stream().mapToDouble(Stop::due).toArray();
        service = stops.stream().mapToDouble(Stop::service).toArray();
        this.distance = distance;
    }

    /**
     * What a place wants.
     *
     * @param demand what is to be brought, at least 0
     * @param ready when service may begin
     * @param due until when it may begin; for the depot, when all are back
     * @param service how long it takes, at least 0
     */
    public record Stop(double demand, double ready, double due, double service) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is negative or no number, or the window closes
         *     before it opens
         */
        public Stop {
            if (!(demand >= 0) || !(service >= 0) || !(ready <= due)) {
                throw new IllegalArgumentException(
                        "a stop with demand %s, window %s to %s and service time %s cannot be: demand and service time are at least 0, and a window closes after it opens"
                                .formatted(demand, ready, due, service));
            }
        }
    }

    /**
     * An instance.
     *
     * @param vehicles how many there are, at least 1
     * @param capacity of each vehicle; infinity for no limit
     * @param stops the depot first
     * @param distance from one place to another, at least 0; need not be symmetric
     * @throws IllegalArgumentException if there is no depot or vehicle, or a distance is missing,
     *     negative or not finite
     */
    public static RoutingInstance of(
            String name, int vehicles, double capacity, List<Stop> stops, double[][] distance) {
        int n = stops.size();
        if (n == 0 || vehicles < 1 || !(capacity >= 0)) {
            throw new IllegalArgumentException(
                    "%s has %d places, %d vehicles and capacity %s: it needs a depot and a vehicle"
                            .formatted(name, n, vehicles, capacity));
        }
        double[] flat = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double d = distance.length == n && distance[i].length == n ? distance[i][j] : -1;
                if (!(d >= 0) || d == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException(
                            "the distance from place %d to place %d of %s must be a finite number of at least 0, one for each pair of the %d places"
                                    .formatted(i, j, name, n));
                }
                flat[i * n + j] = d;
            }
        }
        return new RoutingInstance(name, vehicles, capacity, stops, flat);
    }

    /** An instance of Solomon's, which tells places; the rule says how far they are apart. */
    public static RoutingInstance of(SolomonInstance solomon, DistanceRule rule) {
        int n = solomon.places().size();
        double[][] distance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distance[i][j] = rule.apply(solomon.distance(i, j));
            }
        }
        List<Stop> stops =
                solomon.places().stream()
                        .map(p -> new Stop(p.demand(), p.ready(), p.due(), p.service()))
                        .toList();
        return of(solomon.name(), solomon.vehicles(), solomon.capacity(), stops, distance);
    }

    /**
     * A travelling salesman problem with time windows that has a solution: a random tour through
     * places in a square of side 100 is driven, and each window is laid around the time when it
     * gets there (the way in which Y. Dumas et al. made theirs, 1995).
     *
     * @param stops how many customers
     * @param width the largest width of a window; each side is drawn from 0 to half of it
     */
    public static RoutingInstance randomTour(int stops, double width, long seed) {
        if (stops < 0 || !(width >= 0)) {
            throw new IllegalArgumentException(
                    "no tour has %d stops and windows of width %s".formatted(stops, width));
        }
        Random random = new Random(seed);
        int n = stops + 1;
        double[] x = random.doubles(n, 0, 100).toArray();
        double[] y = random.doubles(n, 0, 100).toArray();
        double[][] distance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distance[i][j] = Math.hypot(x[i] - x[j], y[i] - y[j]);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int k = 1; k < n; k++) {
            order.add(k);
        }
        Collections.shuffle(order, random);
        Stop[] all = new Stop[n];
        double time = 0;
        int last = 0;
        for (int k : order) {
            time += distance[last][k];
            double early = Math.max(0, time - random.nextDouble() * width / 2);
            all[k] = new Stop(0, early, time + random.nextDouble() * width / 2, 0);
            last = k;
        }
        all[0] = new Stop(0, 0, time + distance[last][0] + width, 0);
        return of(
                "tour of %d stops, width %s, seed %d".formatted(stops, width, seed),
                1,
                Double.POSITIVE_INFINITY,
                Arrays.asList(all),
                distance);
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** How many customers there are; they are numbered from 1. */
    public int customers() {
        return demand.length - 1;
    }

    /** How many vehicles there are. */
    public int vehicles() {
        return vehicles;
    }

    /** What a vehicle can carry. */
    public double capacity() {
        return capacity;
    }

    /** What a place wants. */
    public Stop stop(int place) {
        return new Stop(demand[place], ready[place], due[place], service[place]);
    }

    /** How far, and how long, it is from one place to another. */
    public double distance(int from, int to) {
        return distance[from * demand.length + to];
    }

    double demand(int place) {
        return demand[place];
    }

    double ready(int place) {
        return ready[place];
    }

    double due(int place) {
        return due[place];
    }

    double service(int place) {
        return service[place];
    }

    /** When service at a place begins that is reached from another. */
    double arrival(int from, double start, int to) {
        return Math.max(ready[to], start + service[from] + distance(from, to));
    }

    @Override
    public String toString() {
        return "%s: %d customers, %d vehicles of capacity %s"
                .formatted(name, customers(), vehicles, capacity);
    }
}
