package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.junit.jupiter.api.Test;

import java.util.Map;

/** Asymmetric readout: P(read 1 | 0) and P(read 0 | 1) by qubit. */
class ReadoutErrorsTest {
    private static final StateVectorSimulator VECTOR = StateVectorSimulator.create();
    private static final DensityMatrixSimulator MATRIX = DensityMatrixSimulator.create();

    private static final NoiseModel READOUT =
            NoiseModel.builder().readout(0, 0.05, 0.2).readout(1, 0.1, 0.3).build();

    private static void assertBoth(Circuit circuit, Map<String, Double> expected) {
        for (Distribution d :
                new Distribution[] {VECTOR.probabilities(circuit), MATRIX.probabilities(circuit)}) {
            assertThat(d.probabilities().keySet()).isEqualTo(expected.keySet());
            expected.forEach((k, p) -> assertThat(d.get(k)).as(k).isCloseTo(p, within(1e-14)));
        }
        Distribution exact = VECTOR.probabilities(circuit);
        DensitySamplingTest.assertSampled(
                "trajectories",
                VECTOR.run(circuit, RunOptions.shots(40_000).seed(5)).counts(),
                exact);
        DensitySamplingTest.assertSampled(
                "density matrix",
                MATRIX.run(circuit, RunOptions.shots(40_000).seed(6)).counts(),
                exact);
    }

    // A Bell pair is 00 or 11: confusion matrices multiplied out by hand.
    @Test
    void finalMeasurementsAreConfusedQubitByQubit() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll()).with(READOUT);
        assertBoth(
                bell,
                Map.of(
                        "00", 0.5 * 0.95 * 0.9 + 0.5 * 0.2 * 0.3,
                        "01", 0.5 * 0.05 * 0.9 + 0.5 * 0.8 * 0.3,
                        "10", 0.5 * 0.95 * 0.1 + 0.5 * 0.2 * 0.7,
                        "11", 0.5 * 0.05 * 0.1 + 0.5 * 0.8 * 0.7));
    }

    // The record is wrong, the state is right, and what is done next follows the record.
    @Test
    void feedForwardFollowsTheWrongRecord() {
        Circuit circuit =
                Circuit.of(
                                2,
                                c -> {
                                    ClassicalRegister r = c.register("r", 2);
                                    Bit first = r.bit(0);
                                    c.h(0).measure(0, first).when(first, t -> t.x(1));
                                    c.measure(1, r.bit(1));
                                })
                        .with(READOUT);
        double one = 0.5 * 0.05 + 0.5 * 0.8;
        assertBoth(
                circuit,
                Map.of(
                        "00", (1 - one) * 0.9,
                        "10", (1 - one) * 0.1,
                        "01", one * 0.3,
                        "11", one * 0.7));
    }

    // A reading of !0 is the inverted reading of 0.
    @Test
    void invertedMeasurementsAreReadInTheSameWay() {
        Circuit circuit = Circuit.stim("X 0\nM !0\nMX 1\nM 1").with(READOUT);
        double plus = 0.5 * 0.9 + 0.5 * 0.3;
        // Qubit 1 keeps its MX result as a state of the X basis: M is a fair coin again.
        assertBoth(
                circuit,
                Map.of(
                        "000", 0.8 * plus * plus,
                        "001", 0.8 * plus * (1 - plus),
                        "010", 0.8 * (1 - plus) * plus,
                        "011", 0.8 * (1 - plus) * (1 - plus),
                        "100", 0.2 * plus * plus,
                        "101", 0.2 * plus * (1 - plus),
                        "110", 0.2 * (1 - plus) * plus,
                        "111", 0.2 * (1 - plus) * (1 - plus)));
    }

    // 2^12 records, which come from 2 states.
    @Test
    void manyNoisyReadoutsOfFewStatesAreExact() {
        NoiseModel all = NoiseModel.builder().readout(0, 0.25).build();
        Circuit ghz =
                Circuit.of(
                                12,
                                c -> {
                                    c.h(0);
                                    for (int q = 0; q < 11; q++) {
                                        c.cx(q, q + 1);
                                    }
                                    c.measureAll();
                                })
                        .with(all);
        Distribution d = VECTOR.probabilities(ghz);
        assertThat(d.get("0".repeat(12))).isCloseTo(0.5 + 0.5 * Math.pow(0.25, 12), within(1e-14));
        assertThat(d.get("1".repeat(11) + "0"))
                .isCloseTo(0.5 * Math.pow(0.75, 11) * 0.25, within(1e-14));
    }
}
