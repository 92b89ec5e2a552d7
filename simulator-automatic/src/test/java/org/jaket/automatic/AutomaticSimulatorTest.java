package org.jaket.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;

import java.util.Random;

/** Which method is chosen, and that all methods agree. */
class AutomaticSimulatorTest {
    private static final AutomaticSimulator SIMULATOR = AutomaticSimulator.create();

    private static Circuit ghz(int qubits, boolean withT) {
        return Circuit.of(
                qubits,
                c -> {
                    c.h(0);
                    for (int q = 1; q < qubits; q++) {
                        c.cx(q - 1, q);
                    }
                    if (withT) {
                        c.t(qubits - 1).h(qubits - 1);
                    }
                    c.measureAll();
                });
    }

    private static Answer<?> sample(Circuit circuit) {
        return SIMULATOR.sample(circuit, RunOptions.shots(20).seed(1));
    }

    @Test
    void cliffordCircuitsGoToTableaux() {
        assertThat(sample(ghz(200, false)).choice().method()).isEqualTo(Method.STABILIZER);
    }

    @Test
    void fewGatesThatAreNotCliffordGoToTheNearCliffordEngine() {
        Choice choice = sample(ghz(90, true)).choice();
        assertThat(choice.method()).isEqualTo(Method.NEAR_CLIFFORD);
        assertThat(choice.reason()).contains("2^1 amplitudes");
    }

    @Test
    void fewQubitsGoToTheStateVector() {
        Choice choice = sample(brick(10, 10, 3)).choice();
        assertThat(choice.method()).isEqualTo(Method.STATE_VECTOR);
        assertThat(choice.reason()).contains("2^10 amplitudes");
    }

    /** A ripple-carry adder (Cuccaro et al., quant-ph/0410184) of two numbers of 13 bits. */
    @Test
    void arithmeticGoesToTheSparseEngine() {
        int n = 13;
        long a = 5_201;
        long b = 3_977;
        Circuit adder =
                Circuit.of(
                        2 * n + 2,
                        c -> {
                            // b_i is qubit 1 + 2i, a_i is qubit 2 + 2i, the carry comes last.
                            for (int i = 0; i < n; i++) {
                                if ((b >> i & 1) != 0) {
                                    c.x(1 + 2 * i);
                                }
                                if ((a >> i & 1) != 0) {
                                    c.x(2 + 2 * i);
                                }
                            }
                            for (int i = 0; i < n; i++) {
                                int q = 2 * i;
                                c.cx(q + 2, q + 1).cx(q + 2, q).ccx(q, q + 1, q + 2);
                            }
                            c.cx(2 * n, 2 * n + 1);
                            for (int i = n - 1; i >= 0; i--) {
                                int q = 2 * i;
                                c.ccx(q, q + 1, q + 2).cx(q + 2, q).cx(q, q + 1);
                            }
                            for (int i = 0; i < n; i++) {
                                c.measure(1 + 2 * i);
                            }
                            c.measure(2 * n + 1);
                        });
        var answer = SIMULATOR.sample(adder, RunOptions.shots(20).seed(1));
        assertThat(answer.choice().method()).isEqualTo(Method.SPARSE);
        assertThat(answer.choice().reason()).contains("at most 2^0 of 2^28 amplitudes");
        assertThat(answer.value().counts().sorted())
                .singleElement()
                .satisfies(e -> assertThat(Long.parseLong(e.getKey(), 2)).isEqualTo(a + b));
    }

    /** Rotations of 60 qubits and a shallow chain: every qubit is one with sin^2(0.2). */
    @Test
    void littleEntanglementGoesToMatrixProductStatesWhenTheOthersGaveUp() {
        Circuit chain =
                Circuit.of(
                        60,
                        c -> {
                            for (int q = 0; q < 60; q++) {
                                c.ry(0.4, q);
                            }
                            for (int q = 1; q < 60; q++) {
                                c.rzz(0.3, q - 1, q);
                            }
                            c.measureAll();
                        });
        var answer = SIMULATOR.sample(chain, RunOptions.shots(2_000).seed(5));
        assertThat(answer.choice().method()).isEqualTo(Method.MATRIX_PRODUCT_STATE);
        assertThat(answer.choice().reason()).contains("Tried before: sparse: ").contains("limit");
        double ones =
                answer.value().counts().sorted().stream()
                        .mapToDouble(
                                e ->
                                        e.getValue()
                                                * (double)
                                                        e.getKey()
                                                                .chars()
                                                                .filter(ch -> ch == '1')
                                                                .count())
                        .sum();
        double p = Math.pow(Math.sin(0.2), 2);
        double deviation = Math.sqrt(120_000 * p * (1 - p));
        assertThat(ones).isCloseTo(120_000 * p, within(5 * deviation));
    }

    /** A flip with probability 1/4 before a measurement. */
    @Test
    void exactNoiseGoesToTheDensityMatrix() {
        var answer = SIMULATOR.probabilities(Circuit.stim("X_ERROR(0.25) 0\nM 0"));
        assertThat(answer.choice().method()).isEqualTo(Method.DENSITY_MATRIX);
        assertThat(answer.value().get("1")).isCloseTo(0.25, within(1e-12));
    }

    private static Circuit brick(int qubits, int layers, long seed) {
        Random random = new Random(seed);
        return Circuit.of(
                qubits,
                c -> {
                    for (int layer = 0; layer < layers; layer++) {
                        for (int q = 0; q < qubits; q++) {
                            c.ry(random.nextDouble(6), q).rz(random.nextDouble(6), q);
                        }
                        for (int q = layer % 2; q + 1 < qubits; q += 2) {
                            c.cz(q, q + 1);
                        }
                    }
                    c.measureAll();
                });
    }

    @Test
    void everyMethodThatWasAskedForGivesTheSameDistribution() {
        for (long seed = 0; seed < 5; seed++) {
            Circuit circuit = brick(7, 4, seed);
            Distribution wanted = StateVectorSimulator.create().probabilities(circuit);
            for (Method method : Method.values()) {
                if (method == Method.STABILIZER) {
                    continue;
                }
                var found = SIMULATOR.using(method, circuit, Progress.NONE);
                var answer = found.probabilities(1, Progress.NONE);
                assertThat(answer.choice().method()).isEqualTo(method);
                for (var e : wanted.sorted()) {
                    assertThat(answer.value().get(e.getKey()))
                            .as("%s of %s", e.getKey(), method)
                            .isCloseTo(e.getValue(), within(1e-10));
                }
            }
        }
    }

    /** Z on each end of a GHZ state agrees; a T before H turns X by 45 degrees. */
    @Test
    void expectationValuesAreExact() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1));
        assertThat(SIMULATOR.expect(bell, PauliSum.of("1.0*ZZ")).value())
                .isCloseTo(1, within(1e-12));
        Circuit turned = Circuit.of(1, c -> c.h(0).t(0));
        assertThat(SIMULATOR.expect(turned, PauliSum.of("1.0*X")).value())
                .isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    @Test
    void whatAMethodCannotDoIsSaid() {
        assertThatThrownBy(
                        () ->
                                SIMULATOR
                                        .using(Method.STABILIZER, ghz(3, true), Progress.NONE)
                                        .run(RunOptions.shots(1)))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("T");
        Circuit open = Circuit.of(1, c -> c.ry(Parameter.of("theta"), 0).measureAll());
        assertThatThrownBy(() -> SIMULATOR.run(open, 1))
                .isInstanceOf(CircuitException.class)
                .hasMessageContaining("theta");
        assertThat(SIMULATOR.refusal(ghz(500, false))).isNull();
    }

    @Test
    void theSameSeedGivesTheSameShotsOnAnyNumberOfThreads() {
        Circuit circuit = brick(9, 5, 8);
        var one = SIMULATOR.run(circuit, RunOptions.shots(500).seed(4).threads(1));
        var two = SIMULATOR.run(circuit, RunOptions.shots(500).seed(4).threads(2));
        assertThat(one.counts()).isEqualTo(two.counts());
    }
}
