package org.jaket.interop.strange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.jaket.execution.Distribution;
import org.jaket.statevector.StateVectorSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redfx.strange.Gate;
import org.redfx.strange.Program;
import org.redfx.strange.Qubit;
import org.redfx.strange.Result;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.gate.Measurement;
import org.redfx.strange.gate.RotationY;
import org.redfx.strange.gate.X;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Measured values, against exact distributions of the state-vector engine. */
class MeasurementsTest {
    private static final int RUNS = 600;

    /** Programs that measure on the way and all qubits at the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void valuesHaveTheDistributionOfTheCircuit(long seed) {
        int n = 2 + (int) seed % 3;
        var random = new Random(seed);
        var gates = new RandomPrograms(seed, n);
        var program = new Program(n);
        for (int k = 0; k < 12; k++) {
            Gate gate = gates.gate(n, 1);
            boolean refused = gate instanceof Hadamard || gate instanceof Cnot;
            if (gate != null && !refused) {
                program.addStep(new Step(gate));
            }
            program.addStep(new Step(new RotationY(random.nextDouble(3), random.nextInt(n))));
            if (k % 4 == 1) {
                program.addStep(new Step(new Measurement(random.nextInt(n))));
            }
        }
        int last = random.nextInt(n);
        for (int q = 0; q < n; q++) {
            // One qubit is left with what it gave on the way, or unmeasured.
            if (q != last) {
                program.addStep(new Step(new Measurement(q)));
            }
        }
        Distribution exact =
                StateVectorSimulator.create().probabilities(StrangePrograms.toCircuit(program));
        Set<Integer> measured = new HashSet<>();
        for (Step step : program.getSteps()) {
            for (Gate gate : step.getGates()) {
                if (gate instanceof Measurement m) {
                    measured.add(m.getMainQubitIndex());
                }
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        var environment = new JaketExecutionEnvironment(seed);
        for (int k = 0; k < RUNS; k++) {
            Qubit[] qubits = environment.runProgram(program).getQubits();
            var bits = new StringBuilder();
            for (int q = n - 1; q >= 0; q--) {
                bits.append(measured.contains(q) ? qubits[q].measure() : 0);
            }
            counts.merge(bits.toString(), 1, Integer::sum);
        }
        assertThat(exact.probabilities().keySet()).containsAll(counts.keySet());
        exact.probabilities()
                .forEach(
                        (bits, p) ->
                                // Six standard deviations, and one for small numbers.
                                assertThat((double) counts.getOrDefault(bits, 0))
                                        .as("how often %s came", bits)
                                        .isCloseTo(
                                                RUNS * p,
                                                within(6 * Math.sqrt(RUNS * p * (1 - p)) + 1)));
    }

    /** States between steps are those of the run that was made, whenever they are asked for. */
    @Test
    void statesBetweenStepsBelongToTheRun() {
        var program = new Program(2, new Step(new RotationY(1, 0)), new Step(new Measurement(0)));
        program.addStep(new Step(new RotationY(1, 0)));
        program.addStep(new Step(new X(1)));
        var environment = new JaketExecutionEnvironment(12);
        Set<Integer> seen = new HashSet<>();
        for (int k = 0; k < 20; k++) {
            Result result = environment.runProgram(program);
            int value = result.getQubits()[0].measure();
            seen.add(value);
            assertThat(result.getIntermediateProbability(1)[value].abssqr())
                    .isCloseTo(1, within(1e-6));
            assertThat(qubits(result, 0)[0].getProbability())
                    .isCloseTo(Math.pow(Math.sin(0.5), 2), within(1e-6));
            assertThat(qubits(result, 1)[0].getProbability()).isCloseTo(value, within(1e-6));
            assertThat(result.getIntermediateProbability(3)).isSameAs(result.getProbability());
        }
        assertThat(seen).containsExactlyInAnyOrder(0, 1);
    }

    private static Qubit[] qubits(Result result, int step) {
        return Objects.requireNonNull(result.getIntermediateQubits().get(step));
    }

    /** Bell pairs: a coin that both qubits share; the same seed, the same coins. */
    @Test
    void theSameSeedMeasuresTheSame() throws InterruptedException {
        var program = new Program(2, new Step(new Hadamard(0)), new Step(new Cnot(0, 1)));
        List<Integer> first = coins(program, 7);
        assertThat(first).isEqualTo(coins(program, 7)).isNotEqualTo(coins(program, 8));

        var handed = new ArrayBlockingQueue<Result>(1);
        new JaketExecutionEnvironment(7).runProgram(program, handed::add);
        Result result = handed.poll(1, TimeUnit.MINUTES);
        assertThat(Objects.requireNonNull(result).getQubits()[1].measure())
                .isEqualTo(first.getFirst());
    }

    private static List<Integer> coins(Program program, long seed) {
        var environment = new JaketExecutionEnvironment(seed);
        var coins = new ArrayList<Integer>();
        for (int k = 0; k < 40; k++) {
            Result result = environment.runProgram(program);
            coins.add(result.getQubits()[0].measure());
            assertThat(result.getQubits()[1].measure()).isEqualTo(coins.getLast());
        }
        return coins;
    }

    /** Gates of one step, on qubits of their own, act as they do one after the other. */
    @Property(tries = 150, seed = "20260104")
    void stepsAreTheirGates(@ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int n) {
        var gates = new RandomPrograms(seed, n);
        var together = new Program(n);
        var apart = new Program(n);
        for (int q = 0; q < n; q++) {
            together.addStep(new Step(new RotationY(0.3 + q, q)));
            apart.addStep(new Step(new RotationY(0.3 + q, q)));
        }
        for (int k = 0; k < 4; k++) {
            var step = new Step();
            Set<Integer> used = new HashSet<>();
            for (int j = 0; j < 12; j++) {
                Gate gate = gates.gate(n, 1);
                if (gate != null && used.addAll(free(gate, used))) {
                    step.addGate(gate);
                    apart.addStep(new Step(gate));
                }
            }
            together.addStep(step);
        }
        AmplitudeAssertions.assertClose(
                new JaketExecutionEnvironment().runProgram(together).getProbability(),
                new JaketExecutionEnvironment().runProgram(apart).getProbability(),
                1e-6);
    }

    /** The gate's qubits if none of them is used yet, otherwise none. */
    private static List<Integer> free(Gate gate, Set<Integer> used) {
        List<Integer> qubits = gate.getAffectedQubitIndexes();
        return qubits.stream().anyMatch(used::contains) ? List.of() : qubits;
    }
}
