package org.jaket.annealing.routing;

import java.util.function.BooleanSupplier;

/**
 * Improves routes until no move makes them shorter: strings of one to three customers go elsewhere
 * (relocate and or-opt), two customers swap, two routes swap their ends (2-opt*), a part of a route
 * turns round (2-opt). A round costs the square of the number of customers; windows are looked at
 * only where a move would pay.
 */
final class LocalSearch {
    private static final double LEAST = 1e-7;
    private static final int LONGEST = 3;

    private final RouteState state;
    private final BooleanSupplier isOver;
    private int[] one;
    private int[] two;
    private final int[] newOne;
    private final int[] newTwo;

    LocalSearch(RouteState state, BooleanSupplier isOver) {
        this.state = state;
        this.isOver = isOver;
        one = new int[state.customers];
        two = new int[state.customers];
        newOne = new int[state.customers];
        newTwo = new int[state.customers];
    }

    /** Goes down to a local minimum, or until the time is over. */
    void descend() {
        boolean better = true;
        while (better) {
            better = false;
            for (int r = 0; r < state.routes; r++) {
                for (int s = 0; s < state.routes; s++) {
                    if (state.count[r] == 0) {
                        continue;
                    }
                    while (r == s ? within(r) : between(r, s)) {
                        better = true;
                    }
                    if (isOver.getAsBoolean()) {
                        state.measure();
                        return;
                    }
                }
            }
        }
        state.measure();
    }

    /** The place at an index of a route, the depot before and behind it. */
    private static int at(int[] order, int size, int i) {
        return i < 0 || i >= size ? 0 : order[i];
    }

    private double d(int from, int to) {
        return from == to ? 0 : state.instance.distance(from, to);
    }

    private boolean between(int r, int s) {
        int m = state.order(r, one);
        int n = state.order(s, two);
        for (int i = 0; i <= m; i++) {
            for (int j = 0; j <= n; j++) {
                if (exchange(r, m, i, s, n, j)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Tries the moves that cut both routes before customers i and j. */
    private boolean exchange(int r, int m, int i, int s, int n, int j) {
        int a = at(one, m, i - 1);
        int b = at(two, n, j - 1);
        // 2-opt*: everything from here on.
        double tails = d(a, at(two, n, j)) + d(b, at(one, m, i));
        if (tails < d(a, at(one, m, i)) + d(b, at(two, n, j)) - LEAST
                && attempt(r, m, i, m, s, n, j, n)) {
            return true;
        }
        for (int x = 1; x <= LONGEST && i + x <= m; x++) {
            for (int y = 0; y <= 1 && j + y <= n; y++) {
                // x customers of one route for y of the other.
                int first = one[i];
                int last = one[i + x - 1];
                int c = at(one, m, i + x);
                int e = at(two, n, j + y);
                double old = d(a, first) + d(last, c);
                double now = d(b, first) + d(last, e);
                if (y == 0) {
                    old += d(b, e);
                    now += d(a, c);
                } else {
                    old += d(b, two[j]) + d(two[j], e);
                    now += d(a, two[j]) + d(two[j], c);
                }
                if (now < old - LEAST && attempt(r, m, i, i + x, s, n, j, j + y)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Swaps two parts of two routes if both routes still hold. */
    private boolean attempt(
            int r, int m, int from, int to, int s, int n, int otherFrom, int otherTo) {
        int p = m - (to - from) + (otherTo - otherFrom);
        int q = n - (otherTo - otherFrom) + (to - from);
        splice(one, m, from, to, two, otherFrom, otherTo, newOne);
        splice(two, n, otherFrom, otherTo, one, from, to, newTwo);
        if (!state.holds(newOne, p) || !state.holds(newTwo, q)) {
            return false;
        }
        state.replace(r, newOne, p);
        state.replace(s, newTwo, q);
        return true;
    }

    private static void splice(
            int[] order, int size, int from, int to, int[] other, int start, int end, int[] into) {
        System.arraycopy(order, 0, into, 0, from);
        System.arraycopy(other, start, into, from, end - start);
        System.arraycopy(order, to, into, from + end - start, size - to);
    }

    /**
     * Tries to turn parts of one route, to move strings in it, and to swap two of its customers.
     */
    private boolean within(int r) {
        int m = state.order(r, one);
        double old = length(one, m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                for (int kind = 0; kind < 2 + LONGEST; kind++) {
                    if (Reorder.apply(one, m, i, j, kind, newOne)
                            && length(newOne, m) < old - LEAST
                            && state.holds(newOne, m)) {
                        state.replace(r, newOne, m);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private double length(int[] order, int size) {
        double sum = d(0, order[0]) + d(order[size - 1], 0);
        for (int i = 1; i < size; i++) {
            sum += d(order[i - 1], order[i]);
        }
        return sum;
    }
}
