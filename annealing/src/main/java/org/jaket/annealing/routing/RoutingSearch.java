package org.jaket.annealing.routing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * One read of {@link VehicleRouting}: insertion, descent, and then ruin and recreate at a falling
 * temperature. A customer who finds no place costs more the longer this lasts.
 */
final class RoutingSearch {
    /** The first temperature, in mean lengths of a way. */
    private static final double HOT = 1;

    /** The last temperature, in mean lengths of a way. */
    private static final double COLD = 0.01;

    /** Turns between two looks at the clock: some 200 microseconds. */
    private static final int TURNS = 16;

    private final RoutingInstance instance;
    private final RouteState work;
    private final RouteState current;
    private final RouteState best;
    private final RuinAndRecreate turn;
    private final SplittableRandom random;
    private final BooleanSupplier isOver;

    /** By customer: what it costs to leave it out. */
    private final double[] missing;

    RoutingSearch(RoutingInstance instance, int[][] near, long seed, BooleanSupplier isOver) {
        this.instance = instance;
        this.isOver = isOver;
        random = new SplittableRandom(seed);
        work = new RouteState(instance);
        current = new RouteState(instance);
        best = new RouteState(instance);
        turn = new RuinAndRecreate(work, near, random);
        missing = new double[instance.customers() + 1];
    }

    RouteState best() {
        return best;
    }

    /** Begins with routes that are known, and whom they leave out. */
    void begin(RouteState from) {
        work.copy(from);
        turn.recreate();
        settleIn();
    }

    /**
     * Begins with insertion; where one vehicle is to serve all, the order is repaired if need be.
     */
    void begin() {
        turn.recreate();
        if (work.absent > 0 && work.routes == 1) {
            int[] order =
                    IntStream.rangeClosed(1, instance.customers())
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble(
                                            k -> instance.ready(k) + instance.due(k)))
                            .mapToInt(Integer::intValue)
                            .toArray();
            order = new LatenessRepair(instance, random, isOver).repair(order, 200);
            if (work.holds(order, order.length)) {
                work.replace(0, order, order.length);
                work.absent = 0;
                work.measure();
            }
        }
        settleIn();
    }

    private void settleIn() {
        new LocalSearch(work, isOver).descend();
        current.copy(work);
        best.copy(work);
    }

    /**
     * Searches.
     *
     * @param turns how many turns at most
     * @param part how much of the time is over, from 0 to 1, or less than 0 if turns count
     */
    void run(long turns, DoubleSupplier part) {
        if (instance.customers() < 2) {
            return;
        }
        double mean = Math.max(1e-9, best.length / (instance.customers() + 1));
        Arrays.fill(missing, 20 * mean);
        double temperature = HOT * mean;
        for (long t = 0; t < turns; t++) {
            if (t % TURNS == 0) {
                if (isOver.getAsBoolean()) {
                    break;
                }
                double over = part.getAsDouble();
                double at = over < 0 ? t / (double) turns : over;
                temperature = HOT * mean * Math.pow(COLD / HOT, Math.min(1, at));
            }
            turn.ruin();
            turn.recreate();
            double limit = energy(current) - temperature * Math.log(1 - random.nextDouble());
            if (energy(work) < limit) {
                current.copy(work);
                if (isBetter(work, best)) {
                    best.copy(work);
                }
            } else {
                work.copy(current);
            }
            for (int k = 1; current.absent > 0 && k < missing.length; k++) {
                missing[k] *= current.routeOf[k] < 0 ? 1.01 : 1;
            }
        }
        work.copy(best);
        new LocalSearch(work, isOver).descend();
        if (isBetter(work, best)) {
            best.copy(work);
        }
    }

    private double energy(RouteState state) {
        double sum = state.length;
        for (int k = 1; state.absent > 0 && k < missing.length; k++) {
            sum += state.routeOf[k] < 0 ? missing[k] : 0;
        }
        return sum;
    }

    private static boolean isBetter(RouteState one, RouteState other) {
        return one.absent != other.absent
                ? one.absent < other.absent
                : one.length < other.length - 1e-9;
    }
}
