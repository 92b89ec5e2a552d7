package org.jaket.annealing.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Routes as rings in flat arrays. Nodes 1 to n are the customers, node n + 1 + r is the depot of
 * route r, at which its ring begins and ends. All routes keep windows and capacity at all times;
 * customers may be absent. The earliest and the latest beginning of each service say in constant
 * time whether one more customer fits between two others (M. W. P. Savelsbergh, 1985).
 */
final class RouteState {
    final RoutingInstance instance;
    final int customers;
    final int routes;
    final int[] next;
    final int[] previous;

    /** By node: its route, or -1 for an absent customer. */
    final int[] routeOf;

    /** By node: the earliest beginning of service. */
    final double[] start;

    /** By node: the latest beginning of service that keeps all later windows. */
    final double[] latest;

    final double[] load;
    final int[] count;
    double length;

    /** How many customers are in no route. */
    int absent;

    RouteState(RoutingInstance instance) {
        this.instance = instance;
        customers = instance.customers();
        routes = Math.max(1, Math.min(instance.vehicles(), customers));
        int nodes = customers + 1 + routes;
        next = new int[nodes];
        previous = new int[nodes];
        routeOf = new int[nodes];
        start = new double[nodes];
        latest = new double[nodes];
        load = new double[routes];
        count = new int[routes];
        clear();
    }

    void clear() {
        Arrays.fill(routeOf, -1);
        Arrays.fill(load, 0);
        Arrays.fill(count, 0);
        for (int r = 0; r < routes; r++) {
            int depot = depot(r);
            next[depot] = depot;
            previous[depot] = depot;
            routeOf[depot] = r;
            start[depot] = instance.ready(0);
            latest[depot] = instance.due(0);
        }
        length = 0;
        absent = customers;
    }

    void copy(RouteState from) {
        System.arraycopy(from.next, 0, next, 0, next.length);
        System.arraycopy(from.previous, 0, previous, 0, next.length);
        System.arraycopy(from.routeOf, 0, routeOf, 0, next.length);
        System.arraycopy(from.start, 0, start, 0, next.length);
        System.arraycopy(from.latest, 0, latest, 0, next.length);
        System.arraycopy(from.load, 0, load, 0, routes);
        System.arraycopy(from.count, 0, count, 0, routes);
        length = from.length;
        absent = from.absent;
    }

    int depot(int route) {
        return customers + 1 + route;
    }

    int place(int node) {
        return node > customers ? 0 : node;
    }

    double distance(int from, int to) {
        return instance.distance(place(from), place(to));
    }

    /** How much longer the route gets with a customer between a node and its next one. */
    double detour(int k, int after) {
        int before = next[after];
        double old = after == before ? 0 : distance(after, before);
        return distance(after, k) + distance(k, before) - old;
    }

    /** Whether the windows allow a customer between a node and its next one. */
    boolean fits(int k, int after) {
        double at = instance.arrival(place(after), start[after], k);
        if (at > instance.due(k) + RoutingInstance.TOLERANCE) {
            return false;
        }
        int before = next[after];
        return instance.arrival(k, at, place(before)) <= latest[before] + RoutingInstance.TOLERANCE;
    }

    boolean hasRoom(int k, int route) {
        return load[route] + instance.demand(k) <= instance.capacity() + RoutingInstance.TOLERANCE;
    }

    /** Puts an absent customer after a node. */
    void insert(int k, int after) {
        length += detour(k, after);
        int before = next[after];
        int route = routeOf[after];
        next[after] = k;
        previous[k] = after;
        next[k] = before;
        previous[before] = k;
        routeOf[k] = route;
        load[route] += instance.demand(k);
        count[route]++;
        absent--;
        times(route);
    }

    /** Takes a customer out; the times of its route are to be computed afterwards. */
    void remove(int k) {
        int before = previous[k];
        int after = next[k];
        next[before] = after;
        previous[after] = before;
        int route = routeOf[k];
        routeOf[k] = -1;
        load[route] -= instance.demand(k);
        count[route]--;
        absent++;
        length -= distance(before, k) + distance(k, after);
        length += before == after ? 0 : distance(before, after);
    }

    /** Computes the times of a route anew. */
    void times(int route) {
        int depot = depot(route);
        for (int k = next[depot], last = depot; k != depot; last = k, k = next[k]) {
            start[k] = instance.arrival(place(last), start[last], k);
        }
        for (int k = previous[depot], then = depot; k != depot; then = k, k = previous[k]) {
            double until = latest[then] - instance.service(k) - distance(k, then);
            latest[k] = Math.min(instance.due(k), until);
        }
    }

    /** Whether customers in this order make a route that holds. */
    boolean holds(int[] order, int size) {
        double time = instance.ready(0);
        double carried = 0;
        int last = 0;
        for (int i = 0; i < size; i++) {
            int k = order[i];
            time = instance.arrival(last, time, k);
            carried += instance.demand(k);
            if (time > instance.due(k) + RoutingInstance.TOLERANCE) {
                return false;
            }
            last = k;
        }
        return carried <= instance.capacity() + RoutingInstance.TOLERANCE
                && instance.arrival(last, time, 0) <= instance.due(0) + RoutingInstance.TOLERANCE;
    }

    /** Writes a route's customers, and says how many there are. */
    int order(int route, int[] to) {
        int size = 0;
        int depot = depot(route);
        for (int k = next[depot]; k != depot; k = next[k]) {
            to[size++] = k;
        }
        return size;
    }

    /** Gives a route other customers, all of which must be absent from other routes afterwards. */
    void replace(int route, int[] order, int size) {
        int depot = depot(route);
        int last = depot;
        load[route] = 0;
        for (int i = 0; i < size; i++) {
            int k = order[i];
            next[last] = k;
            previous[k] = last;
            routeOf[k] = route;
            load[route] += instance.demand(k);
            last = k;
        }
        next[last] = depot;
        previous[depot] = last;
        count[route] = size;
        times(route);
    }

    /** Computes the length anew, which removes rounding errors. */
    void measure() {
        length = 0;
        for (int r = 0; r < routes; r++) {
            int last = depot(r);
            for (int left = count[r]; left > 0; left--) {
                length += distance(last, next[last]);
                last = next[last];
            }
            length += count[r] == 0 ? 0 : distance(last, depot(r));
        }
    }

    /**
     * Computes the times of a route from which customers were taken. Where a detour is shorter than
     * the straight way this can make others late, who leave it too.
     */
    void settle(int route) {
        times(route);
        int depot = depot(route);
        int k = next[depot];
        while (k != depot) {
            boolean late = start[k] > instance.due(k) + RoutingInstance.TOLERANCE;
            boolean last = next[k] == depot;
            late |=
                    last
                            && instance.arrival(k, start[k], 0)
                                    > instance.due(0) + RoutingInstance.TOLERANCE;
            if (late) {
                remove(k);
                times(route);
                k = next[depot];
            } else {
                k = next[k];
            }
        }
    }

    List<List<Integer>> toLists() {
        List<List<Integer>> all = new ArrayList<>();
        int[] order = new int[customers];
        for (int r = 0; r < routes; r++) {
            int size = order(r, order);
            if (size > 0) {
                all.add(Routing.list(Arrays.copyOf(order, size)));
            }
        }
        return all;
    }
}
