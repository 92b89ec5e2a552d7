package org.jaket.annealing.routing;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Orders the customers of one vehicle so that nobody is late: swap, 2-opt and or-opt while the sum
 * of all delays falls, and from a local minimum on after some random moves (R. F. da Silva and S.
 * Urrutia, "A general VNS heuristic for the traveling salesman problem with time windows", 2010).
 */
final class LatenessRepair {
    private final RoutingInstance instance;
    private final SplittableRandom random;
    private final BooleanSupplier isOver;

    LatenessRepair(RoutingInstance instance, SplittableRandom random, BooleanSupplier isOver) {
        this.instance = instance;
        this.random = random;
        this.isOver = isOver;
    }

    /** The sum of all delays, that of the return among them. */
    double lateness(int[] order) {
        double time = instance.ready(0);
        double late = 0;
        int last = 0;
        for (int k : order) {
            time = instance.arrival(last, time, k);
            late += delay(time, k);
            last = k;
        }
        return late + delay(instance.arrival(last, time, 0), 0);
    }

    private double delay(double time, int k) {
        double late = time - instance.due(k);
        return late > RoutingInstance.TOLERANCE ? late : 0;
    }

    /**
     * An order with the least lateness that was found.
     *
     * @param rounds how often it goes on from a local minimum
     */
    int[] repair(int[] order, int rounds) {
        int[] best = order.clone();
        double least = descend(best);
        for (int round = 0; round < rounds && least > 0 && !isOver.getAsBoolean(); round++) {
            int[] other = best.clone();
            int kicks = 1 + round % 8;
            for (int k = 0; k < kicks; k++) {
                int[] moved = new int[other.length];
                int i = random.nextInt(other.length);
                int j = random.nextInt(other.length);
                if (Reorder.apply(other, other.length, i, j, 2, moved)) {
                    other = moved;
                }
            }
            double late = descend(other);
            if (late <= least) {
                least = late;
                best = other;
            }
        }
        return best;
    }

    private double descend(int[] order) {
        int n = order.length;
        int[] moved = new int[n];
        double least = lateness(order);
        boolean better = true;
        while (better && least > 0 && !isOver.getAsBoolean()) {
            better = false;
            for (int i = 0; i < n && !isOver.getAsBoolean(); i++) {
                for (int j = 0; j < n; j++) {
                    for (int kind = 0; kind < Reorder.KINDS; kind++) {
                        if (Reorder.apply(order, n, i, j, kind, moved)) {
                            double late = lateness(moved);
                            if (late < least - 1e-9 || late == 0 && least > 0) {
                                least = late;
                                System.arraycopy(moved, 0, order, 0, n);
                                better = true;
                            }
                        }
                    }
                }
            }
        }
        return least;
    }
}
