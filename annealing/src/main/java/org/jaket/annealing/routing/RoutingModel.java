package org.jaket.annealing.routing;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedModelBuilder;
import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.jaket.annealing.polynomial.Expression;
import org.jaket.annealing.polynomial.Variable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Vehicle routing with time windows as a {@link ConstrainedModel}, after arXiv 2503.24285: binary
 * variables say who follows whom, real variables when service begins, and what a sampler returns is
 * repaired where a route breaks a window.
 *
 * <pre>{@code
 * RoutingModel routing = RoutingModel.of(instance);
 * var samples = new ConstrainedAnnealing().sample(routing.model(), options);
 * Routing routes = routing.repaired(samples, seed);
 * }</pre>
 *
 * <p>Variable {@code Follows(i, j)} is 1 if a vehicle goes from i to j, {@code Time(i)} is when
 * service begins, and, where the capacity can be too small, {@code Load(i)} is what a vehicle has
 * brought when it leaves i. Ways that no window allows have no variable. Every customer is left
 * once (one-hot) and reached once; the depot is left by at most the vehicles there are. If j
 * follows i, then service at j begins no earlier than a vehicle that begins at i gets there: {@code
 * Time(j) >= Time(i) + service + distance - M (1 - Follows(i, j))} with the smallest M. There are
 * at most n (n + 1) binary variables for n customers and as many constraints on the times. Beyond
 * some ten customers a sampler seldom meets a solution of this model by itself (the paper finds the
 * same): {@link #repaired} is what makes its samples routes, and {@link VehicleRouting} needs no
 * model at all.
 */
public final class RoutingModel {
    private final RoutingInstance instance;
    private final Map<Follows, Variable> follows = new LinkedHashMap<>();
    private final ConstrainedModel model;

    private RoutingModel(RoutingInstance instance) {
        this.instance = instance;
        model = build();
    }

    /**
     * The label of a variable that says who follows whom.
     *
     * @param from a customer, or 0 for the depot
     * @param to the next one
     */
    public record Follows(int from, int to) {}

    /**
     * The label of a variable that says when service begins.
     *
     * @param customer where
     */
    public record Time(int customer) {}

    /**
     * The label of a variable that says what a vehicle has brought.
     *
     * @param customer when it leaves where
     */
    public record Load(int customer) {}

    /**
     * The model of an instance.
     *
     * @throws IllegalArgumentException if a customer cannot be served by any vehicle
     */
    public static RoutingModel of(RoutingInstance instance) {
        return new RoutingModel(instance);
    }

    /** The constrained model; its energy is the length of the routes. */
    public ConstrainedModel model() {
        return model;
    }

    private boolean isPossible(int i, int j) {
        double at = instance.arrival(i, instance.ready(i), j);
        return i != j
                && at <= instance.due(j)
                && (i == 0
                        || j == 0
                        || instance.demand(i) + instance.demand(j) <= instance.capacity());
    }

    private ConstrainedModel build() {
        int n = instance.customers();
        List<Expression> length = new ArrayList<>();
        ConstrainedModelBuilder builder = ConstrainedModel.builder();
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                if (isPossible(i, j)) {
                    Variable x = Variable.binary(new Follows(i, j));
                    follows.put(new Follows(i, j), x);
                    length.add(x.times(instance.distance(i, j)));
                }
            }
        }
        builder.minimize(Expression.sum(length));
        for (int i = 1; i <= n; i++) {
            builder.oneHot("leave " + i, ways(i, true));
        }
        for (int j = 1; j <= n; j++) {
            builder.subjectTo("reach " + j, Expression.sum(ways(j, false)).equalTo(1));
        }
        builder.subjectTo("vehicles", Expression.sum(ways(0, true)).atMost(instance.vehicles()));
        times(builder);
        double all = 0;
        for (int k = 1; k <= n; k++) {
            all += instance.demand(k);
        }
        if (all > instance.capacity()) {
            loads(builder);
        }
        return builder.build();
    }

    private List<Variable> ways(int place, boolean out) {
        List<Variable> ways = new ArrayList<>();
        for (int k = 0; k <= instance.customers(); k++) {
            Variable x = follows.get(out ? new Follows(place, k) : new Follows(k, place));
            if (x != null) {
                ways.add(x);
            }
        }
        if (ways.isEmpty() && place > 0) {
            throw new IllegalArgumentException(
                    "customer %d of %s cannot be %s in time by any vehicle: widen its window or that of the depot"
                            .formatted(place, instance.name(), out ? "left" : "reached"));
        }
        return ways;
    }

    private void times(ConstrainedModelBuilder builder) {
        int n = instance.customers();
        Variable[] time = new Variable[n + 1];
        for (int i = 1; i <= n; i++) {
            double early = instance.arrival(0, instance.ready(0), i);
            double late =
                    Math.min(
                            instance.due(i),
                            instance.due(0) - instance.service(i) - instance.distance(i, 0));
            if (early > late) {
                throw new IllegalArgumentException(
                        "customer %d of %s cannot be served between leaving and closing of the depot"
                                .formatted(i, instance.name()));
            }
            time[i] = Variable.real(new Time(i), early, late);
        }
        follows.forEach(
                (way, x) -> {
                    if (way.from() != 0 && way.to() != 0) {
                        Variable from = time[way.from()];
                        Variable to = time[way.to()];
                        double takes =
                                instance.service(way.from())
                                        + instance.distance(way.from(), way.to());
                        double big = from.upper() + takes - to.lower();
                        if (big > 0) {
                            builder.subjectTo(
                                    "time " + way,
                                    to.minus(from).minus(x.times(big)).atLeast(takes - big));
                        }
                    }
                });
    }

    private void loads(ConstrainedModelBuilder builder) {
        int n = instance.customers();
        Variable[] load = new Variable[n + 1];
        for (int i = 1; i <= n; i++) {
            if (instance.demand(i) > instance.capacity()) {
                throw new IllegalArgumentException(
                        "customer %d of %s wants %s, more than the capacity %s of a vehicle"
                                .formatted(
                                        i,
                                        instance.name(),
                                        instance.demand(i),
                                        instance.capacity()));
            }
            load[i] = Variable.real(new Load(i), instance.demand(i), instance.capacity());
        }
        follows.forEach(
                (way, x) -> {
                    if (way.from() != 0 && way.to() != 0) {
                        double big = instance.capacity();
                        double more = instance.demand(way.to());
                        builder.subjectTo(
                                "load " + way,
                                load[way.to()]
                                        .minus(load[way.from()])
                                        .minus(x.times(big))
                                        .atLeast(more - big));
                    }
                });
    }

    /**
     * The routes that an assignment describes, whether they hold or not: chains of customers that
     * follow each other, from the depot on or from where nobody is left to follow; a ring without
     * the depot is cut at its earliest customer. A customer whom several follow keeps the first.
     */
    public Routing decode(ConstrainedSample sample) {
        int n = instance.customers();
        int[] next = new int[n + 1];
        int[] before = new int[n + 1];
        Arrays.fill(before, -1);
        boolean[] left = new boolean[n + 1];
        for (Follows way : follows.keySet()) {
            int i = way.from();
            int j = way.to();
            boolean free = i == 0 ? before[j] < 0 : !left[i] && (j == 0 || before[j] < 0);
            if (free && sample.value(way) > 0.5) {
                left[i] = true;
                next[i] = i == 0 ? 0 : j;
                before[j] = i;
            }
        }
        List<Integer> heads = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int k = 1; k <= n; k++) {
            (before[k] <= 0 ? heads : others).add(k);
        }
        others.sort((a, b) -> Double.compare(instance.due(a), instance.due(b)));
        heads.addAll(others);
        boolean[] seen = new boolean[n + 1];
        List<List<Integer>> routes = new ArrayList<>();
        for (int head : heads) {
            List<Integer> route = new ArrayList<>();
            for (int k = head; k != 0 && !seen[k]; k = next[k]) {
                seen[k] = true;
                route.add(k);
            }
            if (!route.isEmpty()) {
                routes.add(route);
            }
        }
        return Routing.of(instance, routes);
    }

    /**
     * Feasible routes from the best sample: its own if they hold, repaired ones otherwise. A route
     * that breaks a window is reordered by swap, 2-opt and or-opt; routes beyond the number of
     * vehicles are joined to others; who still has no place is put where there is one, by ruin and
     * recreate. Who finds none in some thousand turns is unserved in the result.
     *
     * @param seed of the random choices
     * @throws IllegalArgumentException if there is no sample
     */
    public Routing repaired(ConstrainedSampleSet samples, long seed) {
        if (samples.samples().isEmpty()) {
            throw new IllegalArgumentException("there is no sample to decode");
        }
        return repaired(decode(samples.samples().getFirst()), seed);
    }

    /** Feasible routes from routes that may not hold; see the other method of this name. */
    public Routing repaired(Routing routes, long seed) {
        return RoutingRepair.repair(instance, routes, new SplittableRandom(seed), seed);
    }
}
