package org.jaket.annealing.routing;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Takes strings of neighbouring customers out of neighbouring routes, and puts each customer back
 * where it costs least: slack induction by string removals (J. Christiaens and G. Vanden Berghe,
 * 2020). One turn costs some ten customers times the length of all routes.
 */
final class RuinAndRecreate {
    /** How many customers leave in the mean. */
    private static final double MEAN = 10;

    /** The longest string. */
    private static final double LONGEST = 10;

    /** How often a place is overlooked, so that the best one is not always taken. */
    private static final double BLINK = 0.01;

    private final RouteState state;
    private final RoutingInstance instance;
    private final SplittableRandom random;

    /** By customer: all customers, the nearest first. */
    private final int[][] near;

    private final int[] waiting;
    private final double[] key;
    private final boolean[] ruined;
    private final int[] string;
    private int count;

    RuinAndRecreate(RouteState state, int[][] near, SplittableRandom random) {
        this.state = state;
        this.near = near;
        this.random = random;
        instance = state.instance;
        waiting = new int[state.customers];
        key = new double[state.customers + 1];
        ruined = new boolean[state.routes];
        string = new int[state.customers];
    }

    /** Who is near whom; the same for all reads. */
    static int[][] near(RoutingInstance instance) {
        int n = instance.customers();
        int[][] near = new int[n + 1][];
        for (int i = 1; i <= n; i++) {
            int from = i;
            near[i] =
                    IntStream.rangeClosed(1, n)
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble(
                                            j ->
                                                    instance.distance(from, j)
                                                            + instance.distance(j, from)))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }
        return near;
    }

    /** Takes customers out. */
    void ruin() {
        int served = state.customers - state.absent;
        int used = 0;
        for (int r = 0; r < state.routes; r++) {
            ruined[r] = false;
            used += state.count[r] > 0 ? 1 : 0;
        }
        if (served == 0) {
            return;
        }
        double longest = Math.min(LONGEST, served / (double) used);
        double most = Math.max(1, 4 * MEAN / (1 + longest) - 1);
        int strings = (int) (1 + random.nextDouble() * most);
        int seed = 1 + random.nextInt(state.customers);
        int taken = 0;
        for (int k : near[seed]) {
            if (taken == strings) {
                return;
            }
            int route = state.routeOf[k];
            if (route < 0 || ruined[route]) {
                continue;
            }
            int size = (int) (1 + random.nextDouble() * Math.min(longest, state.count[route]));
            take(route, k, Math.min(size, state.count[route]));
            ruined[route] = true;
            taken++;
        }
    }

    /** Takes a string around a customer out of its route, sometimes all but some in its middle. */
    private void take(int route, int k, int size) {
        int total = state.order(route, string);
        int spared = 0;
        if (size > 1 && size < total && random.nextBoolean()) {
            spared = 1;
            while (size + spared < total && random.nextInt(2) == 0) {
                spared++;
            }
        }
        int at = 0;
        while (string[at] != k) {
            at++;
        }
        int span = size + spared;
        int first = Math.max(0, at - span + 1);
        int last = Math.min(at, total - span);
        int from = first + random.nextInt(last - first + 1);
        int keep = from + (spared == 0 ? span : 1 + random.nextInt(size));
        for (int i = from; i < from + span; i++) {
            if (i < keep || i >= keep + spared) {
                state.remove(string[i]);
            }
        }
        state.settle(route);
    }

    /** Puts all absent customers back, where they fit. */
    void recreate() {
        count = 0;
        for (int k = 1; k <= state.customers; k++) {
            if (state.routeOf[k] < 0) {
                waiting[count++] = k;
            }
        }
        sort();
        for (int i = 0; i < count; i++) {
            int place = bestPlace(waiting[i], BLINK);
            // Nobody is left behind because the only place was overlooked.
            place = place < 0 ? bestPlace(waiting[i], 0) : place;
            if (place >= 0) {
                state.insert(waiting[i], place);
            }
        }
    }

    /** In which order customers come back: at random, or those first that are hard to place. */
    private void sort() {
        int rule = random.nextInt(17);
        for (int i = 0; i < count; i++) {
            int k = waiting[i];
            key[k] = key(rule, k);
        }
        // Few customers: insertion is the fastest way to sort them.
        for (int i = 1; i < count; i++) {
            int k = waiting[i];
            int j = i;
            while (j > 0 && key[waiting[j - 1]] > key[k]) {
                waiting[j] = waiting[j - 1];
                j--;
            }
            waiting[j] = k;
        }
    }

    /** What customers are sorted by; the shares of the rules are those of the paper. */
    private double key(int rule, int k) {
        if (rule < 4) {
            return random.nextDouble();
        } else if (rule < 8) {
            return -instance.demand(k);
        } else if (rule < 10) {
            return -instance.distance(0, k);
        } else if (rule < 11) {
            return instance.distance(0, k);
        } else if (rule < 13) {
            return instance.due(k) - instance.ready(k);
        }
        return rule < 15 ? instance.ready(k) : -instance.due(k);
    }

    private int bestPlace(int k, double blink) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        boolean fresh = false;
        for (int r = 0; r < state.routes; r++) {
            boolean empty = state.count[r] == 0;
            if (empty && fresh || !state.hasRoom(k, r)) {
                continue;
            }
            fresh |= empty;
            int depot = state.depot(r);
            int after = depot;
            do {
                // Who cannot come here in time cannot come later in this route either.
                if (state.start[after] > instance.due(k) + RoutingInstance.TOLERANCE) {
                    break;
                }
                double detour = state.detour(k, after);
                if (detour < least && random.nextDouble() >= blink && state.fits(k, after)) {
                    least = detour;
                    best = after;
                }
                after = state.next[after];
            } while (after != depot);
        }
        return best;
    }
}
