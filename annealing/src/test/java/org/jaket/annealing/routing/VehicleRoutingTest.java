package org.jaket.annealing.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.SamplingOptions;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

class VehicleRoutingTest {
    private static final VehicleRouting SOLVER = new VehicleRouting();

    /** Brute force says what the optimum is, and where too few vehicles leave none. */
    @Test
    void smallInstancesAreSolvedToTheOptimum() {
        int feasible = 0;
        for (int seed = 0; seed < 40; seed++) {
            RoutingInstance instance = SmallInstances.random(1 + seed % 7, 1 + seed / 7 % 4, seed);
            double optimum = SmallInstances.optimum(instance);
            Routing found =
                    SOLVER.solve(instance, SamplingOptions.reads(2).sweeps(1000).seed(seed));
            assertThat(found.isFeasible()).isEqualTo(Double.isFinite(optimum));
            if (found.isFeasible()) {
                feasible++;
                assertThat(found.length()).isCloseTo(optimum, within(1e-6));
                assertThat(SmallInstances.checked(instance, found.routes()))
                        .isCloseTo(optimum, within(1e-6));
            } else {
                assertThat(found.unserved()).isNotEmpty();
            }
        }
        assertThat(feasible).isBetween(10, 39);
    }

    /**
     * The windows are laid around a tour, so there is a solution; 35 is where arXiv 2503.24285
     * stops.
     */
    @ParameterizedTest
    @ValueSource(doubles = {20, 40, 80, 160})
    void toursOf35StopsKeepTheirWindows(double width) {
        for (long seed = 0; seed < 5; seed++) {
            RoutingInstance instance = RoutingInstance.randomTour(35, width, seed);
            Routing found =
                    SOLVER.solve(instance, SamplingOptions.reads(1).sweeps(1000).seed(seed));
            assertThat(SmallInstances.checked(instance, found.routes()))
                    .isCloseTo(found.length(), within(1e-6))
                    .isPositive();
        }
    }

    @Test
    void threadsDoNotChangeTheRoutes() {
        RoutingInstance instance = SmallInstances.random(30, 30, 5);
        SamplingOptions options = SamplingOptions.reads(5).sweeps(200).seed(3);
        Routing one = SOLVER.solve(instance, options.threads(1));
        assertThat(SOLVER.solve(instance, options.threads(3)).routes()).isEqualTo(one.routes());
    }

    /** Insertion alone is all there is time for; the routes hold nevertheless. */
    @Test
    void aLimitOfTimeIsKept() {
        RoutingInstance instance = SmallInstances.random(200, 200, 6);
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(100))) {
            long start = System.nanoTime();
            Routing found = SOLVER.solve(instance, SamplingOptions.reads(4).limit(limit).seed(9));
            assertThat(SmallInstances.checked(instance, found.routes())).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void workCanBeCancelled() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        RoutingInstance instance = SmallInstances.random(50, 50, 7);
        SamplingOptions options = SamplingOptions.reads(3).progress(cancelled);
        assertThatThrownBy(() -> SOLVER.solve(instance, options))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void anInstanceWithoutCustomersNeedsNoRoute() {
        RoutingInstance empty = RoutingInstance.randomTour(0, 10, 1);
        Routing found = SOLVER.solve(empty, SamplingOptions.reads(1).seed(1));
        assertThat(found.routes()).isEmpty();
        assertThat(found.length()).isZero();
        assertThat(found.isFeasible()).isTrue();
    }

    @Test
    void wrongInstancesAreExplained() {
        var stop = new RoutingInstance.Stop(0, 0, 10, 0);
        assertThatThrownBy(
                        () ->
                                RoutingInstance.of(
                                        "odd", 1, 1, List.of(stop, stop), new double[][] {{0, 1}}))
                .hasMessageContaining("the distance from place 0 to place 0 of odd");
        assertThatThrownBy(() -> new RoutingInstance.Stop(0, 5, 4, 0))
                .hasMessageContaining("window 5.0 to 4.0");
        assertThatThrownBy(() -> RoutingInstance.of("none", 1, 1, List.of(), new double[0][]))
                .hasMessageContaining("needs a depot");
    }

    /**
     * Two customers on a line at 1 and 3, windows until 1 and 2, capacity 1: together they are too
     * much, and the second is reached at 3.
     */
    @Test
    void whatIsWrongWithRoutesIsSaid() {
        var stops =
                List.of(
                        new RoutingInstance.Stop(0, 0, 9, 0),
                        new RoutingInstance.Stop(1, 0, 1, 0),
                        new RoutingInstance.Stop(1, 0, 2, 0));
        double[][] distance = {{0, 1, 3}, {1, 0, 2}, {3, 2, 0}};
        RoutingInstance instance = RoutingInstance.of("line", 1, 1, stops, distance);
        Routing routes = Routing.of(instance, List.of(List.of(1, 2)));
        assertThat(routes.length()).isEqualTo(6);
        assertThat(routes.violations())
                .containsExactly(
                        "route 0 begins at customer 2 at 3.0, after 2.0",
                        "route 0 carries 2.0, more than 1.0");
        assertThat(Routing.of(instance, List.of(List.of(1), List.of(1))).violations())
                .containsExactly(
                        "2 routes for 1 vehicles",
                        "customer 1 is visited 2 times",
                        "customer 2 is visited 0 times");
        assertThatThrownBy(() -> Routing.of(instance, List.of(List.of(0, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("visits customer 0");
    }

    /** 2.99 is cut to 2.9; ten times 0.3 is a little less than 3 in binary, and stays 0.3. */
    @Test
    void oneDecimalIsCutNotRounded() {
        assertThat(DistanceRule.ONE_DECIMAL.apply(2.99)).isEqualTo(2.9);
        assertThat(DistanceRule.ONE_DECIMAL.apply(0.1 + 0.2 - 1e-16)).isEqualTo(0.3);
        assertThat(DistanceRule.DOUBLE.apply(2.99)).isEqualTo(2.99);
    }
}
