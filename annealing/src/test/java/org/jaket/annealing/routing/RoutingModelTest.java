package org.jaket.annealing.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.ConstrainedAnnealing;
import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.ConstrainedSample;
import org.jaket.annealing.constrained.ConstrainedSampleSet;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class RoutingModelTest {
    /** Brute force knows the optimum; the energy of the model is the length. */
    @Test
    void theMinimumOfTheModelIsTheShortestLength() {
        int solved = 0;
        for (long seed = 0; seed < 10; seed++) {
            RoutingInstance instance = SmallInstances.random(4, 2, seed);
            double optimum = SmallInstances.optimum(instance);
            RoutingModel routing = RoutingModel.of(instance);
            ConstrainedSampleSet found =
                    new ConstrainedAnnealing()
                            .sample(
                                    routing.model(),
                                    SamplingOptions.reads(10).sweeps(1000).seed(seed));
            assertThat(found.isFeasible()).isEqualTo(Double.isFinite(optimum));
            if (found.isFeasible()) {
                solved++;
                assertThat(found.best().energy()).isCloseTo(optimum, within(1e-6));
                assertThat(SmallInstances.checked(instance, routing.decode(found.best()).routes()))
                        .isCloseTo(optimum, within(1e-6));
            }
        }
        assertThat(solved).isPositive();
    }

    /** Times and loads that the routes themselves tell satisfy every constraint. */
    @Test
    void feasibleRoutesAreFeasibleAssignments() {
        RoutingInstance instance = SmallInstances.random(15, 15, 3);
        Routing routes =
                new VehicleRouting().solve(instance, SamplingOptions.reads(1).sweeps(100).seed(1));
        RoutingModel routing = RoutingModel.of(instance);
        ConstrainedSample sample = routing.model().check(assignment(routing.model(), routes));
        assertThat(sample.broken()).isEmpty();
        assertThat(sample.energy()).isCloseTo(routes.length(), within(1e-9));
        assertThat(routing.decode(sample).routes()).hasSameElementsAs(routes.routes());
    }

    private static Map<Object, Double> assignment(ConstrainedModel model, Routing routes) {
        Map<Object, Double> values = new HashMap<>();
        model.variables().forEach(label -> values.put(label, 0.0));
        RoutingInstance instance = routes.instance();
        for (List<Integer> route : routes.routes()) {
            double time = 0;
            double load = 0;
            int at = 0;
            for (int k : route) {
                time += instance.stop(at).service() + instance.distance(at, k);
                time = Math.max(time, instance.stop(k).ready());
                load += instance.stop(k).demand();
                values.put(new RoutingModel.Time(k), time);
                values.replace(new RoutingModel.Load(k), load);
                values.put(new RoutingModel.Follows(at, k), 1.0);
                at = k;
            }
            values.put(new RoutingModel.Follows(at, 0), 1.0);
        }
        return values;
    }

    /** A short walk leaves routes broken at 35 stops; repair makes them hold. */
    @Test
    void samplesOf35StopsAreRepaired() {
        for (long seed = 0; seed < 3; seed++) {
            RoutingInstance instance = RoutingInstance.randomTour(35, 60, seed);
            RoutingModel routing = RoutingModel.of(instance);
            ConstrainedSampleSet found =
                    new ConstrainedAnnealing()
                            .sample(
                                    routing.model(),
                                    SamplingOptions.reads(2).sweeps(100).seed(seed));
            Routing repaired = routing.repaired(found, seed);
            assertThat(repaired.violations()).isEmpty();
            assertThat(SmallInstances.checked(instance, repaired.routes()))
                    .isCloseTo(repaired.length(), within(1e-6));
        }
    }

    /** All customers in one long route, in the order of their numbers, is nearly always wrong. */
    @Test
    void brokenRoutesAreRepaired() {
        RoutingInstance instance = SmallInstances.random(25, 25, 8);
        List<Integer> all = IntStream.rangeClosed(1, 25).boxed().toList();
        Routing broken = Routing.of(instance, List.of(all));
        assertThat(broken.violations()).isNotEmpty();
        Routing repaired = RoutingModel.of(instance).repaired(broken, 1);
        assertThat(SmallInstances.checked(instance, repaired.routes())).isPositive();
    }

    @Test
    void aCustomerOutOfReachIsNamed() {
        var depot = new RoutingInstance.Stop(0, 0, 10, 0);
        var far = new RoutingInstance.Stop(0, 0, 10, 0);
        RoutingInstance instance =
                RoutingInstance.of(
                        "far", 1, 1, List.of(depot, far), new double[][] {{0, 11}, {11, 0}});
        assertThatThrownBy(() -> RoutingModel.of(instance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("customer 1 of far");
    }
}
