package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.StandardChannels;
import org.jaket.execution.Counts;
import org.jaket.execution.Distribution;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shots of both engines against exact distributions: fixed seeds, 99.99% confidence. */
class DensitySamplingTest {
    private static final DensityMatrixSimulator DENSITY = DensityMatrixSimulator.create();
    private static final StateVectorSimulator TRAJECTORIES = StateVectorSimulator.create();

    /** The 99.99% quantile of chi-square, by Wilson and Hilferty's approximation. */
    private static double quantile(int k) {
        double c = 2.0 / (9 * k);
        return k * Math.pow(1 - c + 3.719 * Math.sqrt(c), 3);
    }

    static void assertSampled(String what, Counts counts, Distribution exact) {
        double chi = 0;
        int cells = 0;
        long total = counts.total();
        double rareExpected = 0;
        double rareSeen = 0;
        for (Map.Entry<String, Double> e : exact.probabilities().entrySet()) {
            double expected = e.getValue() * total;
            double seen = counts.get(e.getKey());
            if (expected < 5) {
                rareExpected += expected;
                rareSeen += seen;
                continue;
            }
            chi += (seen - expected) * (seen - expected) / expected;
            cells++;
        }
        if (rareExpected >= 5) {
            chi += (rareSeen - rareExpected) * (rareSeen - rareExpected) / rareExpected;
            cells++;
        }
        for (String bits : counts.counts().keySet()) {
            assertThat(exact.get(bits)).as(what + " " + bits).isPositive();
        }
        if (cells > 1) {
            assertThat(chi).as(what).isLessThan(quantile(cells - 1));
        }
    }

    /** A channel between a spread of states and measurements in two bases. */
    private static Circuit probe(KrausChannel channel) {
        int n = channel.qubits();
        return Circuit.of(
                n + 1,
                c -> {
                    for (int q = 0; q <= n; q++) {
                        c.u(0.7 + q, 0.3 * q, 0.5, q);
                    }
                    for (int q = 0; q < n; q++) {
                        c.cx(q, q + 1);
                    }
                    c.channel(channel, IntStream.range(0, n).toArray());
                    c.h(0).sx(n).measureAll();
                });
    }

    static List<Circuit> channels() {
        KrausChannel damping = StandardChannels.amplitudeDamping(0.3);
        List<Circuit> all = new ArrayList<>();
        Stream.of(
                        damping,
                        StandardChannels.phaseDamping(0.4),
                        StandardChannels.generalizedAmplitudeDamping(0.3, 0.2),
                        StandardChannels.thermalRelaxation(50, 30, 20, 0.1),
                        StandardChannels.thermalRelaxation(50, 80, 20, 0.1),
                        StandardChannels.depolarizing(1, 0.3),
                        StandardChannels.depolarizing(2, 0.3),
                        StandardChannels.pauli(Map.of("XY", 0.1, "ZI", 0.2)),
                        StandardChannels.coherent("rx", StandardGate.RX.matrix(0.3)),
                        StandardChannels.reset(0.2, 0.3),
                        damping.below(StandardChannels.phaseDamping(0.2)),
                        damping.below(damping).below(StandardChannels.reset(0.5, 0)))
                .map(DensitySamplingTest::probe)
                .forEach(all::add);
        DensityMatrixTest.RECORDING.stream().map(Circuit::stim).forEach(all::add);
        all.add(DensityMatrixTest.busy());
        return all;
    }

    @Test
    void trajectoriesFollowTheDensityMatrixForEveryChannel() {
        long seed = 1;
        for (Circuit circuit : channels()) {
            Counts counts =
                    TRAJECTORIES.run(circuit, RunOptions.shots(40_000).seed(seed++)).counts();
            assertSampled(circuit.toString(), counts, DENSITY.probabilities(circuit));
        }
    }

    @Test
    void shotsOfTheDensityMatrixFollowTheBranches() {
        long seed = 100;
        for (Circuit circuit : channels()) {
            Counts counts = DENSITY.run(circuit, RunOptions.shots(40_000).seed(seed++)).counts();
            assertSampled(circuit.toString(), counts, TRAJECTORIES.probabilities(circuit));
        }
    }

    @Test
    void loopsWithoutEndAreSampled() {
        Circuit untilZero =
                Circuit.of(
                        1,
                        c -> {
                            Bit bit = c.register("r", 1).bit(0);
                            c.h(0).measure(0, bit);
                            c.whileTrue(bit, (CircuitBuilder w) -> w.h(0).measure(0, bit));
                        });
        Counts counts = DENSITY.run(untilZero, RunOptions.shots(1000).seed(3)).counts();
        assertThat(counts.counts()).containsOnlyKeys("0");
    }

    @Test
    void aSeedGivesTheSameShotsOnAnyNumberOfThreads() {
        Circuit busy = DensityMatrixTest.busy();
        Shots one = DENSITY.run(busy, RunOptions.shots(500).seed(4).threads(1));
        Shots two = DENSITY.run(busy, RunOptions.shots(500).seed(4).threads(2));
        assertThat(two.words()).containsExactly(one.words());
        Shots few = DENSITY.run(busy, RunOptions.shots(10).seed(4));
        for (int k = 0; k < 10; k++) {
            assertThat(few.bits(k)).isEqualTo(one.bits(k));
        }
    }
}
