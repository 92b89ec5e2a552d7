package org.jaket.annealing.routing;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.reads.Reading;

/**
 * Finds short routes that keep all windows and capacities.
 *
 * <pre>{@code
 * Routing found = new VehicleRouting().solve(instance, SamplingOptions.reads(2).seed(7));
 * found.isFeasible();
 * }</pre>
 *
 * <p>Each read builds routes by insertion, improves them by swap, relocate, 2-opt, 2-opt* and
 * or-opt, and then takes strings of customers out and puts them back at a falling temperature (J.
 * Christiaens and G. Vanden Berghe, "Slack induction by string removals for vehicle routing
 * problems", 2020). Routes never break a window or a capacity; where the fleet is too small, or no
 * place is found in the time, customers stay unserved, and the result names them. A turn with 100
 * customers takes some ten microseconds.
 *
 * <p>Sweeps in the options are turns of ruin and recreate, {@value #TURNS} a read by default; with
 * a limit of time and without sweeps, as many as the time allows, shared by the reads. The same
 * instance, options and seed give the same routes, whatever the number of threads, as long as no
 * time limit ends the search. Immutable and safe for any number of threads.
 */
public final class VehicleRouting {
    /** Turns of a read when nobody says how many. */
    public static final int TURNS = 100_000;

    /** Solves instances of any kind. */
    public VehicleRouting() {}

    /**
     * Searches for the shortest routes.
     *
     * @return the best routes of all reads: those that serve most customers, then the shortest
     * @throws java.util.concurrent.CancellationException if the options' progress says so
     */
    public Routing solve(RoutingInstance instance, SamplingOptions options) {
        Reading reads = new Reading(options);
        int[][] near = RuinAndRecreate.near(instance);
        Routing[] found = new Routing[options.reads()];
        boolean timed = reads.isLimited() && options.sweeps() == 0;
        long turns = options.sweeps() > 0 ? options.sweeps() : timed ? Long.MAX_VALUE : TURNS;
        int threads = Math.min(options.threads(), options.reads());
        int rounds = (options.reads() + threads - 1) / threads;
        reads.run(
                read -> {
                    long begin = System.nanoTime();
                    double budget =
                            Math.max(
                                    1.0,
                                    Math.min(
                                            (double) reads.left(),
                                            (double) options.limit().toNanos() / rounds));
                    var search =
                            new RoutingSearch(
                                    instance,
                                    near,
                                    reads.seed(read),
                                    () ->
                                            reads.isOver()
                                                    || timed && System.nanoTime() - begin > budget);
                    search.begin();
                    search.run(turns, () -> timed ? (System.nanoTime() - begin) / budget : -1);
                    found[read] =
                            Routing.of(
                                    instance,
                                    search.best().toLists(),
                                    options.seed(),
                                    reads.time());
                });
        Routing best = found[0];
        for (Routing other : found) {
            if (other != null && other.isBetterThan(best)) {
                best = other;
            }
        }
        return new Routing(
                instance,
                best.routes(),
                best.length(),
                best.unserved(),
                options.seed(),
                reads.time());
    }
}
