package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.Progress;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListSet;
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
        return Lowering.stretch(operations, Frame.identity(QUBITS), Progress.NONE).passes();
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
            Runner runner = new Runner(WORKERS);
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

    /** Everything that is read, of a state whose zeros are known and of the same without. */
    @Test
    void readingOverZeroTilesChangesNoNumber() {
        Random random = new Random(17);
        for (Precision precision : Precision.values()) {
            Runner runner = new Runner(WORKERS);
            try (Amplitudes near = zero(precision, runner);
                    Amplitudes wide = zero(precision, runner);
                    Amplitudes other = zero(precision, runner)) {
                int watched = 0;
                for (int round = 0; round < 12; round++) {
                    near.setBasis(random.nextInt(1 << QUBITS), runner);
                    runner.apply(passes(random(random)), near);
                    other.setBasis(random.nextInt(1 << QUBITS), runner);
                    runner.apply(passes(random(random)), other);
                    wide.copyFrom(near, runner);
                    wide.fill();
                    watched += near.support() == null ? 0 : 1;
                    long seed = random.nextLong();
                    assertThat(numbers(near, other, seed, runner))
                            .as("round %d", round)
                            .isEqualTo(numbers(wide, other, seed, runner));
                    long mask = 1L << round | 1L << random.nextInt(QUBITS);
                    long value = random.nextLong() & mask;
                    Sums.project(near, mask, value, 1.25, runner);
                    Sums.project(wide, mask, value, 1.25, runner);
                    assertThat(wide.support()).isNull();
                    assertThat(numbers(near, other, seed, runner))
                            .as("round %d, collapsed", round)
                            .isEqualTo(numbers(wide, other, seed, runner));
                }
                assertThat(watched).isGreaterThan(6);
            }
        }
    }

    private static List<Object> numbers(Amplitudes a, Amplitudes other, long seed, Runner runner) {
        Random random = new Random(seed);
        Frame frame = Frame.identity(QUBITS);
        List<Object> all = new ArrayList<>();
        double norm = Sums.norm(a, runner);
        all.add(norm);
        long mask = random.nextLong(1L << QUBITS);
        all.add(Sums.weight(a, mask, mask & random.nextLong(), runner));
        all.add(Sums.marginal(a, mask & 0xFFF, 0, runner));
        all.add(Sums.marginal(a, -1L >>> -QUBITS, 0, runner));
        double[] p = new double[8];
        Sums.addMarginal(a, 0, frame, new int[] {2, 9, 17}, p, runner);
        all.add(Arrays.stream(p).boxed().toList());
        List<PauliString> strings = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            strings.add(PauliString.random(QUBITS, random));
        }
        PauliTerms terms = new PauliTerms(strings, frame, QUBITS);
        all.add(boxed(terms.products(a, a, runner)));
        all.add(boxed(terms.products(a, other, runner)));
        all.add(boxed(terms.products(other, a, runner)));
        all.add(boxed(Sums.product(a, other, runner)));
        all.add(boxed(Sums.density(a, new int[] {1, 16, 7}, runner)));
        if (norm > 0) {
            double[] uniform = random.doubles(100).toArray();
            all.add(Arrays.stream(Sums.sample(a, uniform, runner)).boxed().toList());
        }
        return all;
    }

    private static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** A GHZ state has two runs that are not zero, and one of them after a measurement. */
    @Test
    void collapsingKeepsTheCount() {
        Runner runner = new Runner(WORKERS);
        try (Amplitudes a = zero(Precision.DOUBLE, runner)) {
            runner.apply(passes(ghz()), a);
            Sums.project(a, 1, 1, Math.sqrt(2), runner);
            assertThat(runs(a)).isEqualTo(1);
            assertThat(a.weight((1 << QUBITS) - 1)).isCloseTo(1, within(1e-14));
            assertThat(a.weight(0)).isZero();
        }
    }

    /** The tiles that are visited: those of the two runs of a GHZ state. */
    @Test
    void readingVisitsTilesThatAreNotZero() {
        Runner runner = new Runner(WORKERS);
        try (Amplitudes a = zero(Precision.DOUBLE, runner)) {
            runner.apply(passes(ghz()), a);
            var visited = new ConcurrentSkipListSet<Integer>();
            runner.read(a, (tile, outer, t) -> visited.add(t));
            assertThat(visited).containsExactly(0, a.blocks() - 1);
            visited.clear();
            runner.readPairs(a, a, 1L << QUBITS - 1, (b, k, outer, t) -> visited.add(t));
            assertThat(visited).isEmpty();
            runner.readPairs(a, a, a.length() - 1 & ~a.blockMask(), (b, k, o, t) -> visited.add(t));
            assertThat(visited).containsExactly(0, a.blocks() - 1);
        }
    }

    private static Circuit ghz() {
        return Circuit.of(
                QUBITS,
                c -> {
                    c.h(0);
                    for (int q = 1; q < QUBITS; q++) {
                        c.cx(q - 1, q);
                    }
                });
    }

    @Test
    void aGhzStateHasTwoRuns() {
        Runner runner = new Runner(WORKERS);
        try (Amplitudes a = zero(Precision.DOUBLE, runner)) {
            assertThat(runs(a)).isEqualTo(1);
            runner.apply(passes(ghz()), a);
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
        Runner runner = new Runner(WORKERS);
        try (Amplitudes a = zero(Precision.SINGLE, runner)) {
            runner.apply(passes(all), a);
            assertThat(a.support()).isNull();
        }
    }

    private static List<Integer> range() {
        return IntStream.range(0, QUBITS).boxed().toList();
    }
}
