package org.jaket.annealing.constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jaket.annealing.polynomial.Expression.sum;
import static org.jaket.annealing.polynomial.Variable.binary;
import static org.jaket.annealing.polynomial.Variable.integer;

import org.jaket.annealing.SamplingOptions;
import org.jaket.annealing.constrained.Strictness.Growth;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.sampler.Exhaustive;
import org.junit.jupiter.api.Test;

import java.util.List;

/** How it reads for a user, from the problem to the answer. */
class BakeryTest {
    private final Variable rolls = integer("rolls", 0, 12);
    private final Variable cakes = integer("cakes", 0, 4);
    private final Variable smallOven = binary("small oven");
    private final Variable largeOven = binary("large oven");

    private final ConstrainedModel bakery =
            ConstrainedModel.builder()
                    .maximize(sum(rolls.times(0.5), cakes.times(4), largeOven.times(-3)))
                    .subjectTo("flour", rolls.times(0.1).plus(cakes.times(0.5)).atMost(1.8))
                    .subjectTo(
                            "oven room",
                            rolls.plus(cakes.times(4))
                                    .atMost(smallOven.times(10).plus(largeOven.times(16))))
                    .oneHot("one oven", List.of(smallOven, largeOven))
                    .soft("regulars", rolls.atLeast(4), 1, Growth.LINEAR)
                    .build();

    /**
     * By hand: with the small oven, 2 cakes and 2 rolls take the room of 10 and earn 9, less 2 for
     * the regulars: 7; 1 cake and 6 rolls earn 7. With the large oven 3 cakes and 3 rolls take 1.8
     * of flour and earn 13.5, less 3 and less 1: 9.5, the best.
     */
    @Test
    void theBestDayIsFound() {
        ConstrainedSample best = ExhaustiveSolver.solve(bakery, 1).best();
        assertThat(best.energy()).isEqualTo(-9.5);
        assertThat(best.value("cakes")).isEqualTo(3);
        assertThat(best.value("rolls")).isEqualTo(3);

        PenaltyForm form = PenaltyForm.of(bakery);
        assertThat(form.isExact()).isTrue();
        ConstrainedSampleSet found =
                form.sample(new Exhaustive(), SamplingOptions.reads(400).seed(7));
        assertThat(found.best().energy()).isEqualTo(-9.5);
        assertThat(found.best().toMap()).containsEntry("large oven", 1.0);
        assertThat(found.infeasible()).allSatisfy(s -> assertThat(s.broken()).isNotEmpty());
    }
}
