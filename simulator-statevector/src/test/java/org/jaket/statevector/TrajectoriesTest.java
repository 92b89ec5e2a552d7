package org.jaket.statevector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitBuilder;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.expression.Bit;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.noise.KrausChannel;
import org.jaket.circuit.noise.NoiseModel;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Counts;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.CancellationException;

class TrajectoriesTest {
    private static final StateVectorSimulator ENGINE = StateVectorSimulator.create();

    /**
     * The 99.99% quantile of chi-square with k degrees of freedom, by Wilson and Hilferty's
     * approximation (3.719 is the normal quantile): a correct sampler with a fixed seed stays
     * below.
     */
    private static double quantile(int k) {
        double c = 2.0 / (9 * k);
        return k * Math.pow(1 - c + 3.719 * Math.sqrt(c), 3);
    }

    private static void assertSampled(Counts counts, Distribution exact) {
        double chi = 0;
        int cells = 0;
        double rareExpected = 0;
        long rareSeen = 0;
        long total = counts.total();
        for (Map.Entry<String, Double> e : exact.probabilities().entrySet()) {
            double expected = e.getValue() * total;
            long seen = counts.get(e.getKey());
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
            assertThat(exact.get(bits)).as(bits).isPositive();
        }
        if (cells > 1) {
            assertThat(chi).isLessThan(quantile(cells - 1));
        }
    }

    @Test
    void bellPairIsPerfectlyCorrelated() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1).measureAll());
        Counts counts = ENGINE.run(bell, RunOptions.shots(10_000).seed(1)).counts();
        assertThat(counts.counts().keySet()).containsExactlyInAnyOrder("00", "11");
        // 10,000 fair coins: five standard deviations are 250.
        assertThat((double) counts.get("00")).isCloseTo(5000, within(250.0));
        Distribution exact = ENGINE.probabilities(bell);
        assertThat(exact.get("00")).isCloseTo(0.5, within(1e-15));
        assertThat(exact.get("11")).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void samplesOfARandomCircuitFollowItsDistribution() {
        Circuit circuit =
                Circuit.of(
                        8,
                        c -> {
                            for (int layer = 0; layer < 4; layer++) {
                                for (int q = 0; q < 8; q++) {
                                    c.u(0.3 * q + layer, 1.1 * q - layer, 0.7 * layer + q, q);
                                }
                                for (int q = layer % 2; q + 1 < 8; q += 2) {
                                    c.cz(q, q + 1);
                                }
                            }
                            c.measureAll();
                        });
        assertSampled(
                ENGINE.run(circuit, RunOptions.shots(200_000).seed(5)).counts(),
                ENGINE.probabilities(circuit));
    }

    private static Circuit busy() {
        return Circuit.of(
                5,
                c -> {
                    ClassicalRegister r = c.register("r", 3);
                    ClassicalRegister out = c.register("out", 5);
                    c.h(0).cx(0, 1).ry(0.7, 2).depolarize2(0.2, 0, 1);
                    c.measure(0, r.bit(0));
                    c.when(r.bit(0), t -> t.x(2).h(3), e -> e.ry(0.4, 3));
                    c.reset(0).h(0).channel(KrausChannel.amplitudeDamping(0.3), 2, 3);
                    c.measure(3, r.bit(1));
                    c.whileTrue(r.bit(1), w -> w.h(3).measure(3, r.bit(1)));
                    c.repeat(3, b -> b.cx(0, 4).rx(0.3, 4).xError(0.05, 4));
                    c.measure(4, r.bit(2));
                    c.cx(4, 2);
                    c.measure(new int[] {0, 1, 2, 3, 4}, out);
                });
    }

    @Test
    void feedForwardNoiseAndLoopsSampleTheExactBranches() {
        Distribution exact = ENGINE.probabilities(busy());
        double sum = exact.probabilities().values().stream().mapToDouble(p -> p).sum();
        assertThat(sum + exact.lost()).isCloseTo(1, within(1e-12));
        assertSampled(ENGINE.run(busy(), RunOptions.shots(100_000).seed(9)).counts(), exact);
    }

    @Test
    void aSeedGivesTheSameShotsOnAnyNumberOfThreads() {
        Shots one = ENGINE.run(busy(), RunOptions.shots(3000).seed(4).threads(1));
        for (int threads : new int[] {2, 3, 5}) {
            Shots more = ENGINE.run(busy(), RunOptions.shots(3000).seed(4).threads(threads));
            assertThat(more.words()).containsExactly(one.words());
        }
        Shots other = ENGINE.run(busy(), RunOptions.shots(3000).seed(5).threads(1));
        assertThat(other.words()).isNotEqualTo(one.words());
    }

    @Test
    void aShotDoesNotDependOnHowManyThereAre() {
        Shots few = ENGINE.run(busy(), RunOptions.shots(10).seed(4));
        Shots many = ENGINE.run(busy(), RunOptions.shots(1000).seed(4));
        for (int k = 0; k < 10; k++) {
            assertThat(many.bits(k)).isEqualTo(few.bits(k));
        }
    }

    @Test
    void singlePrecisionSamplesTheSameDistribution() {
        assertSampled(
                StateVectorSimulator.of(Precision.SINGLE)
                        .run(busy(), RunOptions.shots(50_000).seed(3))
                        .counts(),
                ENGINE.probabilities(busy()));
    }

    @Test
    void teleportationMovesAnyState() {
        Circuit circuit =
                Circuit.of(
                        3,
                        c -> {
                            ClassicalRegister m = c.register("m", 2);
                            c.u(1.1, 0.4, -0.8, 0);
                            c.h(1).cx(1, 2).cx(0, 1).h(0);
                            c.measure(0, m.bit(0)).measure(1, m.bit(1));
                            c.when(m.bit(1), t -> t.x(2)).when(m.bit(0), t -> t.z(2));
                            // Undo the preparation on the other side: always 0.
                            c.u(-1.1, 0.8, -0.4, 2);
                            c.measure(2, c.register("out", 1).bit(0));
                        });
        Counts out = ENGINE.run(circuit, RunOptions.shots(2000).seed(8)).counts("out");
        assertThat(out.counts()).containsOnlyKeys("0");
        assertThat(ENGINE.probabilities(circuit).probabilities()).hasSize(4);
    }

    // After amplitude damping g the state |1> is 1 with probability 1 - g; two in a row (1 - g)^2.
    @Test
    void amplitudeDampingDecaysAsItsKrausOperatorsSay() {
        KrausChannel damping = KrausChannel.amplitudeDamping(0.3);
        Circuit circuit =
                Circuit.of(1, c -> c.x(0).channel(damping, 0).channel(damping, 0).measureAll());
        assertThat(ENGINE.probabilities(circuit).get("1")).isCloseTo(0.49, within(1e-14));
        Counts counts = ENGINE.run(circuit, RunOptions.shots(100_000).seed(2)).counts();
        // Standard deviation of the share: sqrt(.49 .51 / 1e5) = 0.0016; five of them.
        assertThat(counts.frequency("1")).isCloseTo(0.49, within(0.008));
    }

    // Depolarising p shrinks <Z> by 1 - 4p/3 on one qubit and <ZZ> by 1 - 16p/15 on two.
    @Test
    void depolarisingNoiseShrinksExpectationValues() {
        Circuit one = Circuit.of(1, c -> c.depolarize1(0.3, 0));
        assertThat(ENGINE.expect(one, PauliSum.of("Z")).value())
                .isCloseTo(1 - 4 * 0.3 / 3, within(1e-14));
        Circuit two = Circuit.of(2, c -> c.h(0).cx(0, 1).depolarize2(0.3, 0, 1));
        PauliSum xx = PauliSum.of("XX");
        assertThat(ENGINE.expect(two, xx).value()).isCloseTo(1 - 16 * 0.3 / 15, within(1e-14));
        Estimate sampled = ENGINE.expect(two, xx, RunOptions.shots(20_000).seed(6));
        assertThat(sampled.standardError()).isBetween(0.001, 0.01);
        assertThat(sampled.value())
                .isCloseTo(1 - 16 * 0.3 / 15, within(5 * sampled.standardError()));
    }

    @Test
    void readoutErrorsFlipOnlyTheRecord() {
        Circuit circuit =
                Circuit.of(1, c -> c.x(0).measureAll()).with(new NoiseModel(0, 0, 0, 0.1));
        assertThat(ENGINE.probabilities(circuit).get("0")).isCloseTo(0.1, within(1e-15));
        Counts counts = ENGINE.run(circuit, RunOptions.shots(100_000).seed(12)).counts();
        assertThat(counts.frequency("0")).isCloseTo(0.1, within(0.005));
    }

    @Test
    void paulisAndProductsAreMeasuredInTheirOwnBasis() {
        Circuit circuit =
                Circuit.stim(
                        """
                        RX 0
                        RY 1
                        MX 0
                        MY 1
                        H 2
                        CX 2 3
                        MXX 2 3
                        MZZ 2 3
                        MPP !X2*X3 Y2*Y3
                        MR 2
                        CX rec[-1] 3
                        M 2 3
                        MPAD 1 0
                        """);
        Distribution exact = ENGINE.probabilities(circuit);
        // XX and ZZ of a Bell pair are +1, YY = -XX ZZ is -1; CX from the result clears qubit 3.
        assertThat(exact.probabilities().keySet())
                .containsExactlyInAnyOrder("0000110" + "0010", "0000111" + "0010");
        assertThat(ENGINE.run(circuit, RunOptions.shots(100).seed(3)).counts().counts().keySet())
                .hasSize(2);
    }

    @Test
    void correlatedErrorsExcludeEachOther() {
        Circuit circuit =
                Circuit.stim(
                        "E(0.5) X0\nELSE_CORRELATED_ERROR(0.5) X1\nELSE_CORRELATED_ERROR(1) X2\nM 0 1 2");
        Distribution exact = ENGINE.probabilities(circuit);
        assertThat(exact.get("100")).isCloseTo(0.5, within(1e-15));
        assertThat(exact.get("010")).isCloseTo(0.25, within(1e-15));
        assertThat(exact.get("001")).isCloseTo(0.25, within(1e-15));
        assertSampled(ENGINE.run(circuit, RunOptions.shots(10_000).seed(1)).counts(), exact);
    }

    @Test
    void heraldedErasureRecordsEveryErasure() {
        Circuit circuit = Circuit.stim("HERALDED_ERASE(0.4) 0\nM 0");
        Distribution exact = ENGINE.probabilities(circuit);
        assertThat(exact.get("00")).isCloseTo(0.6, within(1e-15));
        assertThat(exact.get("10")).isCloseTo(0.2, within(1e-15));
        assertThat(exact.get("11")).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void openParametersAndEndlessLoopsAreRefused() {
        Circuit open = Circuit.of(1, c -> c.rx(Parameter.of("t"), 0).measureAll());
        assertThatThrownBy(() -> ENGINE.run(open, 1)).hasMessageContaining("t");
        Circuit endless =
                Circuit.of(
                        1,
                        c -> {
                            Bit b = c.register("r", 1).bit(0);
                            c.x(0).measure(0, b).whileTrue(b, (CircuitBuilder w) -> w.z(0));
                        });
        assertThatThrownBy(() -> ENGINE.run(endless, RunOptions.shots(1).seed(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("while");
    }

    @Test
    void aCancelledRunStops() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(() -> ENGINE.run(busy(), RunOptions.shots(10).progress(cancelled)))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void measurementsWithoutBitsGoToTheRecordInOrder() {
        Circuit circuit =
                Circuit.of(
                        3,
                        c ->
                                c.x(0).record(MeasurementKind.M, 0, 1)
                                        .x(2)
                                        .record(MeasurementKind.M, 2));
        assertThat(ENGINE.run(circuit, RunOptions.shots(1).seed(1)).bits(0)).isEqualTo("101");
    }

    /**
     * A gate that flips the frame only when it is carried out, in a branch that is not taken: the
     * other branch must not see the flip.
     */
    @Test
    void aBranchThatIsNotTakenLeavesNoFlipBehind() {
        Circuit y =
                Circuit.of(
                        2,
                        c -> {
                            Bit zero = c.measure(0);
                            c.when(zero, t -> t.y(1).ry(3, 0));
                            c.measure(1);
                            c.measure(0);
                        });
        assertThat(StateVectorSimulator.create().probabilities(y).get("000")).isEqualTo(1);
        Circuit feedback = Circuit.stim("M 1\nCY rec[-1] 2\nM 2\nX 1\nM 1\nCY rec[-1] 2\nM 2");
        assertThat(StateVectorSimulator.create().probabilities(feedback).get("0011")).isEqualTo(1);
    }
}
