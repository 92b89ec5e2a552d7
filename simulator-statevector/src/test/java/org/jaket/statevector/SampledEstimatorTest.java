package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Estimate;
import org.jaket.execution.RunOptions;
import org.jaket.execution.SampledEstimator;
import org.junit.jupiter.api.Test;

/** Estimates from shots against exact expectation values. */
class SampledEstimatorTest {
    private final StateVectorSimulator simulator = StateVectorSimulator.create();

    private static final Circuit CIRCUIT =
            Circuit.of(3, c -> c.ry(0.7, 0).cx(0, 1).rx(1.1, 2).cx(1, 2).rz(0.4, 1));

    private static final PauliSum OBSERVABLE =
            PauliSum.of("0.5*III + 1.5*ZZI - 2*XIX + 0.25*YYZ + IIZ");

    private Estimate estimate(Circuit circuit, PauliSum observable, long shots, long seed) {
        return new SampledEstimator(simulator, RunOptions.shots(shots).seed(seed))
                .expect(circuit, observable);
    }

    /**
     * Of 400 intervals of two standard errors 95.4% hold the exact value; fewer than 92% or more
     * than 99% have a chance below 0.2% (binomial).
     */
    @Test
    void standardErrorsAreHonest() {
        double exact = simulator.expect(CIRCUIT, OBSERVABLE).value();
        int inside = 0;
        for (int seed = 0; seed < 400; seed++) {
            Estimate e = estimate(CIRCUIT, OBSERVABLE, 1000, seed);
            if (Math.abs(e.value() - exact) < 2 * e.standardError()) {
                inside++;
            }
        }
        assertThat(inside).isBetween(368, 396);
    }

    /** Terms 100 ZI and XX need shots in proportion to their scatter, 100 to 1, not half each. */
    @Test
    void shotsGoWhereTheScatterIs() {
        Circuit circuit = Circuit.of(2, c -> c.ry(Math.PI / 3, 1).h(0));
        PauliSum observable = PauliSum.of("100*ZI + XX");
        Estimate e = estimate(circuit, observable, 20_000, 5);
        // <Z> = 1/2: variance 3/4 a shot; half of the shots would give sqrt(2) times as much.
        double best = 100 * Math.sqrt(0.75 / 20_000);
        assertThat(e.standardError()).isBetween(best, 1.1 * best);
        assertThat(e.value()).isCloseTo(50, within(5 * best));
    }

    /** Shots that are all equal prove nothing beyond their number. */
    @Test
    void certaintyIsNotClaimed() {
        Estimate e = estimate(Circuit.of(1, c -> c.x(0)), PauliSum.of("Z"), 1000, 1);
        assertThat(e.value()).isEqualTo(-1);
        assertThat(e.standardError()).isBetween(0.001, 0.004);
    }

    @Test
    void sameSeedSameEstimate() {
        assertThat(estimate(CIRCUIT, OBSERVABLE, 500, 9))
                .isEqualTo(estimate(CIRCUIT, OBSERVABLE, 500, 9));
    }
}
