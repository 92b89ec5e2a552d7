package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** States in mid-circuit against those of the circuit up to there. */
class SnapshotsTest {
    private static final StateVectorSimulator ENGINE = StateVectorSimulator.create();

    @Test
    void statesAreThoseOfThePrefixes() {
        List<Consumer<CircuitBuilder>> parts =
                List.of(
                        c -> c.h(0).ry(0.3, 1).cx(0, 2),
                        c -> c.swap(0, 2).x(1).t(2),
                        c -> c.u(0.1, 0.2, 0.3, 1).cz(1, 2).y(0),
                        c -> c.rzz(0.4, 0, 1).h(2));
        Circuit circuit =
                Circuit.of(
                        3,
                        c -> {
                            for (int k = 0; k < parts.size(); k++) {
                                parts.get(k).accept(c);
                                if (k % 2 == 0) {
                                    c.tick();
                                } else {
                                    c.barrier(0, 1, 2);
                                }
                            }
                        });
        List<Integer> places = new ArrayList<>();
        ENGINE.compile(circuit)
                .snapshots(
                        RunOptions.shots(7).seed(1),
                        (place, state, shots) -> {
                            places.add(place);
                            assertThat(shots).containsExactly(0, 1, 2, 3, 4, 5, 6);
                            Circuit prefix =
                                    Circuit.of(
                                            3,
                                            c -> {
                                                for (int k = 0; k <= place; k++) {
                                                    parts.get(k).accept(c);
                                                }
                                            });
                            try (StateVector expected = ENGINE.state(prefix)) {
                                for (long i = 0; i < 8; i++) {
                                    assertThat(state.re(i))
                                            .isCloseTo(expected.re(i), within(1e-14));
                                    assertThat(state.im(i))
                                            .isCloseTo(expected.im(i), within(1e-14));
                                }
                            }
                        });
        assertThat(places).containsExactly(0, 1, 2, 3);
    }

    /** Each shot is shown once a place, in the state that its own results leave. */
    @Test
    void shotsAreShownInTheStateOfTheirResults() {
        Circuit circuit =
                Circuit.of(
                        3,
                        c -> {
                            c.h(0).h(1).tick();
                            var a = c.measure(0);
                            c.tick();
                            c.cx(1, 2);
                            c.measure(1);
                            c.when(a, t -> t.x(2));
                            c.tick();
                        });
        int[][] seen = new int[3][64];
        long[][] basis = new long[3][64];
        Shots results =
                ENGINE.compile(circuit)
                        .snapshots(
                                RunOptions.shots(64).seed(5).threads(2),
                                (place, state, shots) -> {
                                    long most = state.sample(1, 1)[0];
                                    for (int shot : shots) {
                                        seen[place][shot]++;
                                        basis[place][shot] = most;
                                        assertThat(state.norm()).isCloseTo(1, within(1e-14));
                                    }
                                    if (place == 2) {
                                        assertThat(state.probability(most))
                                                .isCloseTo(1, within(1e-14));
                                    }
                                });
        for (int[] place : seen) {
            assertThat(Arrays.stream(place).allMatch(times -> times == 1)).isTrue();
        }
        for (int shot = 0; shot < 64; shot++) {
            boolean a = results.bit(shot, 0);
            boolean b = results.bit(shot, 1);
            assertThat((basis[1][shot] & 1) != 0).isEqualTo(a);
            assertThat(basis[2][shot]).isEqualTo((a ? 1 : 0) + (b ? 2 : 0) + (a != b ? 4 : 0));
        }
    }

    /** A shot that starts again for want of room does not show again what it has shown. */
    @Test
    void restartedShotsAreShownOnce() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            for (int k = 0; k < 4; k++) {
                                c.h(0).tick();
                                c.measure(0);
                            }
                            c.tick();
                        });
        Program program = Lowering.compileShowing(circuit, Progress.NONE);
        Workers workers = Workers.of(1);
        Kernels kernels = KernelChoice.of(Precision.DOUBLE, 2);
        int[][] seen = new int[5][30];
        long[] words = new long[30 * program.layout().words()];
        try (Amplitudes only = Amplitudes.allocate(2, kernels, workers);
                StatePool pool = StatePool.only(only, workers)) {
            Mechanics mechanics =
                    new Mechanics(
                            program,
                            workers,
                            Precision.DOUBLE,
                            org.jaket.execution.Progress.NONE,
                            null);
            Trajectories trajectories =
                    new Trajectories(
                            program,
                            mechanics,
                            pool,
                            3,
                            words,
                            org.jaket.execution.Progress.NONE,
                            0,
                            30,
                            null,
                            null);
            trajectories.showTo(
                    (place, state, frame, shots) -> {
                        for (int shot : shots) {
                            seen[place][shot]++;
                        }
                    });
            int[] all = new int[30];
            Arrays.setAll(all, k -> k);
            trajectories.run(all);
        }
        for (int[] place : seen) {
            assertThat(Arrays.stream(place).allMatch(times -> times == 1)).isTrue();
        }
        assertThat(words).isEqualTo(ENGINE.run(circuit, RunOptions.shots(30).seed(3)).words());
    }

    @Test
    void loopsCountEachPassage() {
        Circuit circuit = Circuit.of(1, c -> c.repeat(5, r -> r.rx(Math.PI / 5, 0).tick()));
        List<Double> ones = new ArrayList<>();
        ENGINE.compile(circuit)
                .snapshots(
                        RunOptions.shots(1),
                        (place, state, shots) -> {
                            assertThat(place).isEqualTo(ones.size());
                            ones.add(state.probability(1));
                        });
        assertThat(ones).hasSize(5);
        for (int k = 0; k < 5; k++) {
            double sine = Math.sin((k + 1) * Math.PI / 10);
            assertThat(ones.get(k)).isCloseTo(sine * sine, within(1e-14));
        }
    }

    @Test
    void viewsAreForReadingDuringTheCall() {
        Circuit circuit = Circuit.of(2, c -> c.h(0).tick().cx(0, 1));
        List<StateVector> kept = new ArrayList<>();
        ENGINE.compile(circuit)
                .snapshots(
                        RunOptions.shots(1),
                        (place, state, shots) -> {
                            assertThatThrownBy(() -> state.apply(circuit))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("copy");
                            state.close();
                            kept.add(state.copy());
                            kept.add(state);
                        });
        try (StateVector copy = kept.get(0)) {
            assertThat(copy.probability(1)).isCloseTo(0.5, within(1e-15));
            copy.apply(circuit);
        }
        assertThatThrownBy(() -> kept.get(1).re(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
    }
}
