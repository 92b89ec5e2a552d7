package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.junit.jupiter.api.Test;

import java.util.Random;

/** What single precision keeps over long circuits. */
class SinglePrecisionTest {
    /**
     * 10,000 layers of arbitrary rotations and CZs on 10 qubits. Each operation rounds by at most
     * 2^-24 and errors of 10^5 of them add up like a random walk: some 2e-5.
     */
    @Test
    void tenThousandLayersKeepTheNorm() {
        Random random = new Random(11);
        Circuit circuit =
                Circuit.of(
                        10,
                        c -> {
                            for (int layer = 0; layer < 10_000; layer++) {
                                for (int q = 0; q < 10; q++) {
                                    c.u(
                                            random.nextDouble(Math.PI),
                                            random.nextDouble(2 * Math.PI),
                                            random.nextDouble(2 * Math.PI),
                                            q);
                                }
                                for (int q = layer % 2; q + 1 < 10; q += 2) {
                                    c.cz(q, q + 1);
                                }
                            }
                        });
        try (StateVector single = StateVectorSimulator.of(Precision.SINGLE).state(circuit);
                StateVector exact = StateVectorSimulator.create().state(circuit)) {
            double[] product = new double[2];
            double norm = 0;
            for (long i = 0; i < 1 << 10; i++) {
                norm += single.probability(i);
                product[0] += exact.re(i) * single.re(i) + exact.im(i) * single.im(i);
                product[1] += exact.re(i) * single.im(i) - exact.im(i) * single.re(i);
            }
            double fidelity =
                    (product[0] * product[0] + product[1] * product[1]) / norm / exact.norm();
            assertThat(norm).isCloseTo(1, within(1e-4));
            assertThat(fidelity).isCloseTo(1, within(1e-6));
            assertThat(exact.norm()).isCloseTo(1, within(1e-11));
        }
    }
}
