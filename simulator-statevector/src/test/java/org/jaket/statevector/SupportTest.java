package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** States that are mostly zero against the same passes over all tiles. */
class SupportTest {
    private static final int QUBITS = 18;
    private static final Workers WORKERS = Workers.of(2);

    private static Amplitudes zero(Precision precision, Runner runner) {
        Amplitudes a = Amplitudes.allocate(QUBITS, KernelChoice.of(precision, QUBITS), WORKERS);
        a.setBasis(0, runner);
        return a;
    }

    private static List<Pass> passes(Circuit circuit) {
        List<Operation> operations = circuit.operations().stream().toList();
        return Lowering.stretch(operations, Frame.identity(QUBITS)).passes();
    }

    private static int runs(Amplitudes a) {
        Support support = a.support();
        assertThat(support).isNotNull();
        int count = 0;
        for (int run = 0; run < 1 << QUBITS - Support.RUN_BITS; run++) {
            count += support != null && support.has(run) ? 1 : 0;
        }
        return count;
    }

    /** Few qubits in superposition, controlled gates of all sizes between them and the others. */
    private static Circuit random(Random random) {
        return Circuit.of(
                QUBITS,
                c -> {
                    int spread = random.nextInt(6);
                    for (int k = 0; k < spread; k++) {
                        c.h(random.nextInt(QUBITS));
                    }
                    for (int k = 0; k < 40; k++) {
                        int a = random.nextInt(QUBITS);
                        int b = (a + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
                        switch (random.nextInt(6)) {
                            case 0 -> c.x(a);
                            case 1, 2 -> c.cx(a, b);
                            case 3 -> c.cz(a, b);
                            case 4 -> c.rz(random.nextDouble(), a);
                            default -> {
                                if (random.nextInt(6) == 0) {
                                    c.ry(random.nextDouble(), a);
                                } else {
                                    c.swap(a, b);
                                }
                            }
                        }
                    }
                });
    }

    @Test
    void passingOverZeroTilesChangesNoAmplitude() {
        Random random = new Random(11);
        for (Precision precision : Precision.values()) {
            Runner runner = new Runner(WORKERS, precision);
            try (Amplitudes near = zero(precision, runner);
                    Amplitudes wide = zero(precision, runner);
                    Amplitudes copy = zero(precision, runner)) {
                for (int round = 0; round < 12; round++) {
                    List<Pass> passes = new ArrayList<>(passes(random(random)));
                    passes.addAll(passes(random(random)));
                    int start = random.nextInt(1 << QUBITS);
                    near.setBasis(start, runner);
                    wide.setBasis(start, runner);
                    wide.fill();
                    runner.apply(passes, near);
                    runner.apply(passes, wide);
                    copy.copyFrom(near, runner);
                    for (int i = 0; i < 1 << QUBITS; i++) {
                        // Zeros may differ in sign, which equality of numbers does not see.
                        boolean same =
                                near.re(i) == wide.re(i)
                                        && near.im(i) == wide.im(i)
                                        && copy.re(i) == wide.re(i)
                                        && copy.im(i) == wide.im(i);
                        if (!same) {
                            throw new AssertionError("round " + round + ", amplitude " + i);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aGhzStateHasTwoRuns() {
        Circuit ghz =
                Circuit.of(
                        QUBITS,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < QUBITS; q++) {
                                c.cx(q - 1, q);
                            }
                        });
        Runner runner = new Runner(WORKERS, Precision.DOUBLE);
        try (Amplitudes a = zero(Precision.DOUBLE, runner)) {
            assertThat(runs(a)).isEqualTo(1);
            runner.apply(passes(ghz), a);
            assertThat(runs(a)).isEqualTo(2);
            assertThat(a.weight(0)).isCloseTo(0.5, within(1e-14));
            assertThat(a.weight((1 << QUBITS) - 1)).isCloseTo(0.5, within(1e-14));
            a.setBasis(5, runner);
            assertThat(runs(a)).isEqualTo(1);
            double weight = 0;
            for (int i = 0; i < 1 << QUBITS; i++) {
                weight += a.weight(i);
            }
            assertThat(weight).isEqualTo(1);
        }
    }

    @Test
    void aStateThatSpreadsIsNoLongerWatched() {
        Circuit all = Circuit.of(QUBITS, c -> range().forEach(c::h));
        Runner runner = new Runner(WORKERS, Precision.SINGLE);
        try (Amplitudes a = zero(Precision.SINGLE, runner)) {
            runner.apply(passes(all), a);
            assertThat(a.support()).isNull();
        }
    }

    private static List<Integer> range() {
        return IntStream.range(0, QUBITS).boxed().toList();
    }
}
