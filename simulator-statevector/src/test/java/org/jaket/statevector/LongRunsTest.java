package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** Progress and cancellation of runs that take long. */
class LongRunsTest {
    /** 20 qubits are 32 tiles: a run is told about and ended inside a pass, not between passes. */
    private static final Circuit CIRCUIT =
            Circuit.of(
                    20,
                    c -> {
                        for (int q = 0; q < 20; q++) {
                            c.ry(0.1 + q, q);
                        }
                        for (int q = 0; q < 20; q++) {
                            c.cx(q, (q + 7) % 20);
                        }
                    });

    private static final class Listener implements Progress {
        final List<Long> reports = new ArrayList<>();
        final long cancelAt;
        long total;

        Listener(long cancelAt) {
            this.cancelAt = cancelAt;
        }

        @Override
        public synchronized void report(long done, long total) {
            this.total = total;
            reports.add(done);
        }

        @Override
        public synchronized boolean isCancelled() {
            return reports.size() >= cancelAt;
        }
    }

    @Test
    void statesTellHowFarTheyAreInsideAPass() {
        Listener listener = new Listener(Long.MAX_VALUE);
        StateVectorSimulator.create().state(CIRCUIT, 1, listener).close();
        long passes = listener.total / 100;
        assertThat(listener.reports).isSorted().hasSizeGreaterThan((int) (2 * passes));
        assertThat(listener.reports.getLast()).isEqualTo(listener.total);
    }

    @Test
    void cancellingEndsInsideAPass() {
        Listener listener = new Listener(3);
        assertThatThrownBy(() -> StateVectorSimulator.create().state(CIRCUIT, 1, listener))
                .isInstanceOf(CancellationException.class);
        assertThat(listener.reports).hasSize(3);
        assertThat(listener.reports.getLast()).isLessThan(100);
    }

    /** Shots of one state: the work is its gates, counted in shots. */
    @Test
    void shotsTellHowFarTheirStateIs() {
        Listener listener = new Listener(Long.MAX_VALUE);
        Circuit measured = Circuit.of(20, c -> c.ry(1, 3).cx(3, 19).h(0).measureAll());
        StateVectorSimulator.create()
                .run(measured, RunOptions.shots(1000).seed(1).threads(1).progress(listener));
        assertThat(listener.total).isEqualTo(1000);
        assertThat(listener.reports).isSorted().anyMatch(done -> done > 100 && done < 900);
        assertThat(listener.reports.getLast()).isEqualTo(1000);
    }

    /** Counts how often work asks whether to stop, and says yes after some times. */
    private static final class Asked implements Progress {
        final AtomicLong times = new AtomicLong();
        volatile long limit = Long.MAX_VALUE;

        @Override
        public void report(long done, long total) {}

        @Override
        public boolean isCancelled() {
            return times.incrementAndGet() > limit;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /**
     * Between two questions at most 2^20 amplitudes are gone through, a few milliseconds, on one
     * thread: so 2^22 amplitudes need four. And a yes ends the work there.
     */
    private static void asks(String what, Asked asked, Work work) throws Exception {
        asked.limit = Long.MAX_VALUE;
        asked.times.set(0);
        work.run();
        assertThat(asked.times.get()).as(what).isGreaterThanOrEqualTo(4);
        asked.times.set(0);
        asked.limit = 2;
        assertThatThrownBy(work::run).as(what).isInstanceOf(CancellationException.class);
        assertThat(asked.times.get()).as(what).isEqualTo(3);
        asked.limit = Long.MAX_VALUE;
    }

    @Test
    void readingAStateAsksWhetherToStop(@TempDir Path folder) throws Exception {
        int n = 22;
        Asked asked = new Asked();
        Circuit circuit = Circuit.of(n, c -> c.h(0).cx(0, 21).ry(0.3, 10).swap(0, 21).x(3));
        StateVectorSimulator single = StateVectorSimulator.of(Precision.SINGLE);
        try (StateVector state = single.state(circuit, 1, asked)) {
            asks("norm", asked, state::norm);
            asks("sample", asked, () -> state.sample(10, 1));
            asks("probabilities", asked, () -> state.probabilities(0, 5, 21));
            asks("copy", asked, () -> state.copy().close());
            asks(
                    "expectation",
                    asked,
                    () -> state.expectation(PauliString.of("X" + "I".repeat(n - 1))));
            asks("density", asked, () -> state.densityMatrix(0, 21));
            Path npy = folder.resolve("a.npy");
            asks("write", asked, () -> state.write(npy));
            asks("read", asked, () -> StateVector.read(npy, 1, asked).close());
            // Putting the qubits in order, cut short, leaves no state.
            asked.times.set(0);
            asked.limit = 2;
            assertThatThrownBy(() -> state.innerProduct(state))
                    .isInstanceOf(CancellationException.class);
            asked.limit = Long.MAX_VALUE;
            assertThatThrownBy(state::norm)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cancelled");
        }
        // A file that is not complete does not appear.
        assertThat(folder.toFile().list()).containsExactly("a.npy");
    }

    @Test
    void preparingAndMeasuringAsksWhetherToStop() throws Exception {
        int n = 22;
        Asked asked = new Asked();
        Kernels kernels = KernelChoice.of(Precision.SINGLE, n);
        Workers workers = Workers.of(1);
        Program program = Lowering.compile(Circuit.of(n, c -> c.h(0).measure(0)));
        Mechanics mechanics = new Mechanics(program, workers, Precision.SINGLE, asked, null);
        try (Amplitudes state = Amplitudes.allocate(n, kernels, workers);
                Amplitudes other = Amplitudes.allocate(n, kernels, workers)) {
            asks("zero", asked, () -> mechanics.begin(state));
            mechanics.begin(state);
            asks("copy", asked, () -> other.copyFrom(state, mechanics.runner()));
            asks("collapse", asked, () -> mechanics.collapse(state, 1, 0));
            asks("probability", asked, () -> mechanics.probability(state, 3));
            asks("marginal", asked, () -> Sums.marginal(state, 5, 0, mechanics.runner()));
        }
    }

    /** 2^16 shots at a time: so a million ask sixteen times while they are drawn. */
    @Test
    void drawingManyShotsAsksWhetherToStop() throws Exception {
        Asked asked = new Asked();
        Circuit circuit = Circuit.of(1, c -> c.h(0).measureAll());
        asks(
                "shots",
                asked,
                () ->
                        StateVectorSimulator.create()
                                .run(
                                        circuit,
                                        RunOptions.shots(1 << 20)
                                                .seed(1)
                                                .threads(1)
                                                .progress(asked)));
        StateVectorSimulator.create()
                .run(circuit, RunOptions.shots(1 << 20).seed(1).threads(1).progress(asked));
        assertThat(asked.times.get()).isGreaterThan(3 * 16);
    }

    /** 2^12 gates at a time, in each of the steps from a circuit to its program. */
    @Test
    void compilingAsksWhetherToStop() throws Exception {
        Random random = new Random(3);
        Circuit circuit =
                Circuit.of(
                        20,
                        c -> {
                            for (int k = 0; k < 1 << 14; k++) {
                                int a = random.nextInt(20);
                                c.ry(0.1 + random.nextDouble(), a);
                                c.cx(a, (a + 1 + random.nextInt(19)) % 20);
                            }
                        });
        Asked asked = new Asked();
        asks("compile", asked, () -> StateVectorSimulator.create().compile(circuit, asked).plan());
        // The same gates on all their targets at once are two operations.
        int[] pairs = new int[1 << 15];
        Arrays.setAll(pairs, k -> k % 20);
        Circuit broadcast = Circuit.of(20, c -> c.append(GateOperation.of(StandardGate.CX, pairs)));
        Asked few = new Asked();
        asks("broadcast", few, () -> StateVectorSimulator.create().compile(broadcast, few).plan());
    }

    @Test
    void checkpointsAskWhetherToStop(@TempDir Path folder) throws Exception {
        int n = 21;
        Asked asked = new Asked();
        Kernels kernels = KernelChoice.of(Precision.DOUBLE, n);
        Workers workers = Workers.of(1);
        Program program = Lowering.compile(Circuit.of(n, c -> c.h(0)));
        Path file = folder.resolve("a.ckpt");
        var fingerprint = CheckpointFile.fingerprint(program, kernels, 0, 0);
        var saved = new CheckpointFile.Saved(new Run(program), new long[0], new long[0]);
        try (Amplitudes state = Amplitudes.allocate(n, kernels, workers)) {
            state.set(5, 0.25, -1);
            asks(
                    "writing",
                    asked,
                    () -> CheckpointFile.write(file, fingerprint, saved, state, asked));
            // From the file that is there, as where there is no memory for a second state.
            CheckpointFile.write(file, fingerprint, saved, null, asked);
            state.set(5, 0, 0);
            asks(
                    "reading",
                    asked,
                    () -> CheckpointFile.read(file, fingerprint, program, 0, 0, state, asked));
            CheckpointFile.read(file, fingerprint, program, 0, 0, state, asked);
            assertThat(state.re(5)).isEqualTo(0.25);
            assertThat(state.im(5)).isEqualTo(-1);
        }
        assertThat(folder.toFile().list()).containsExactly("a.ckpt");
    }
}
