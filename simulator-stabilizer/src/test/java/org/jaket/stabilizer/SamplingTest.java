package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.codes.ColorCode;
import org.jaket.stabilizer.codes.MemoryExperiment;
import org.jaket.stabilizer.codes.RepetitionCode;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotWriter;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

class SamplingTest {
    private static final List<MemoryExperiment> EXPERIMENTS =
            List.of(
                    RepetitionCode.memory(4).rounds(7),
                    SurfaceCode.rotatedMemoryX(3),
                    SurfaceCode.rotatedMemoryZ(4).rounds(6),
                    SurfaceCode.unrotatedMemoryX(3).rounds(1),
                    SurfaceCode.unrotatedMemoryZ(3),
                    ColorCode.memoryXyz(3).rounds(2),
                    ColorCode.memoryXyz(5).rounds(7),
                    ColorCode.memoryXyz(3).rounds(9));

    private static byte[] bytes(ShotSampler sampler, RunOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
            sampler.sample(options, writer::write);
        }
        return out.toByteArray();
    }

    @Test
    void detectorsOfCodesAreQuietWithoutNoise() throws IOException {
        for (MemoryExperiment experiment : EXPERIMENTS) {
            ShotSampler sampler = ShotSampler.detectors(experiment.circuit());
            assertThat(bytes(sampler, RunOptions.shots(700).seed(1)))
                    .describedAs(experiment.toString())
                    .containsOnly(0);
        }
    }

    /** Random as the results are, every detector has the same parity in all noiseless shots. */
    @Test
    void recordsOfCodesSatisfyTheirDetectors() throws IOException {
        for (MemoryExperiment experiment : EXPERIMENTS) {
            Circuit circuit = experiment.circuit();
            List<int[]> detectors = detectors(circuit);
            for (ShotSampler.Reference reference :
                    List.of(ShotSampler.Reference.FOLDED, ShotSampler.Reference.UNFOLDED)) {
                int[] parities = new int[detectors.size()];
                java.util.Arrays.fill(parities, -1);
                ShotSampler.measurements(
                                circuit, reference, ShotSampler.Method.FRAMES, Progress.NONE)
                        .sample(
                                RunOptions.shots(100).seed(3),
                                batch -> {
                                    for (int s = 0; s < batch.shots(); s++) {
                                        for (int d = 0; d < parities.length; d++) {
                                            int parity = 0;
                                            for (int r : detectors.get(d)) {
                                                parity ^= batch.get(s, r) ? 1 : 0;
                                            }
                                            assertThat(parities[d]).isIn(-1, parity);
                                            parities[d] = parity;
                                        }
                                    }
                                });
            }
        }
    }

    /** Absolute record positions of each detector. */
    private static List<int[]> detectors(Circuit circuit) {
        List<int[]> found = new ArrayList<>();
        walk(circuit.body(), new long[1], found);
        return found;
    }

    private static void walk(org.jaket.circuit.Block block, long[] measured, List<int[]> found) {
        for (org.jaket.circuit.Operation operation : block.operations()) {
            if (operation instanceof org.jaket.circuit.Repeat r) {
                for (long k = 0; k < r.count(); k++) {
                    walk(r.body(), measured, found);
                }
            } else if (operation instanceof org.jaket.circuit.Detector d) {
                int[] records = new int[d.targets().size()];
                for (int k = 0; k < records.length; k++) {
                    records[k] = (int) (measured[0] - d.targets().value(k));
                }
                found.add(records);
            } else {
                measured[0] += operation.results();
            }
        }
    }

    @Test
    void threadsDoNotChangeTheShots() throws IOException {
        Circuit circuit = SurfaceCode.rotatedMemoryX(3).noise(0.01).circuit();
        for (ShotSampler sampler :
                List.of(ShotSampler.detectors(circuit), ShotSampler.measurements(circuit))) {
            byte[] one = bytes(sampler, RunOptions.shots(30_000).seed(9).threads(1));
            assertThat(bytes(sampler, RunOptions.shots(30_000).seed(9).threads(3))).isEqualTo(one);
            assertThat(bytes(sampler, RunOptions.shots(30_000).seed(10).threads(3)))
                    .isNotEqualTo(one);
        }
    }

    /**
     * Fraction of detectors that fire in the distance-5, 5-round experiment with all four noises at
     * 0.01: 0.130738 in 4 million shots of Stim 1.17 (standard error about 2e-5).
     */
    @Test
    void detectionFractionsAgreeWithStim() throws IOException {
        Circuit circuit = SurfaceCode.rotatedMemoryX(5).noise(0.01).circuit();
        ShotSampler sampler = ShotSampler.detectors(circuit);
        AtomicLong ones = new AtomicLong();
        long shots = 100_000;
        sampler.sample(
                RunOptions.shots(shots).seed(2),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        ones.addAndGet(batch.ones(s) - (batch.get(s, 120) ? 1 : 0));
                    }
                });
        assertThat(sampler.layout().detectors()).isEqualTo(120);
        assertThat(ones.get() / (120.0 * shots)).isCloseTo(STIM_FRACTION, within(4e-4));
    }

    private static final double STIM_FRACTION = 0.130738;

    @Test
    void longRepeatsFoldInTheReference() {
        // A billion turns of period two and a count that leaves a remainder.
        Circuit circuit = Circuit.stim("REPEAT 1000000001 {\n X 0\n M 0\n}\n");
        ShotSampler sampler = ShotSampler.measurements(circuit);
        assertThat(sampler.layout().measurements()).isEqualTo(1_000_000_001);
    }

    @Test
    void foldedReferencesAreTheUnfoldedOnes() throws IOException {
        for (String stim :
                List.of(
                        "REPEAT 999 {\n X 0\n M 0\n}",
                        "REPEAT 77 {\n CX 0 1 1 2\n X 0\n MR 2\n M 1\n CX rec[-2] 0\n}",
                        "REPEAT 50 {\n REPEAT 20 {\n C_XYZ 0\n M 0\n X 1\n CX rec[-1] 1\n M 1\n }\n X 2\n M 2\n}",
                        "H 0\nM 0\nREPEAT 300 {\n H 1\n CX 1 2\n MPP X1*X2 Z1*Z2\n X 3\n CX 3 4\n M 4\n}",
                        "M 0\nREPEAT 100 {\n CX rec[-1] 0\n X 0\n M 0\n}")) {
            Circuit circuit = Circuit.stim(stim);
            for (ShotSampler.Method method :
                    List.of(ShotSampler.Method.FRAMES, ShotSampler.Method.MECHANISMS)) {
                byte[] folded =
                        bytes(
                                ShotSampler.measurements(
                                        circuit,
                                        ShotSampler.Reference.FOLDED,
                                        method,
                                        Progress.NONE),
                                RunOptions.shots(5).seed(1));
                byte[] unfolded =
                        bytes(
                                ShotSampler.measurements(
                                        circuit,
                                        ShotSampler.Reference.UNFOLDED,
                                        method,
                                        Progress.NONE),
                                RunOptions.shots(5).seed(1));
                assertThat(folded).isEqualTo(unfolded);
            }
        }
    }

    @Test
    void largeGhzStatesAgreeOnOneBit() {
        int n = 700;
        Circuit circuit =
                Circuit.of(
                        n,
                        c -> {
                            c.h(0);
                            for (int q = 1; q < n; q++) {
                                c.gate(StandardGate.CX, q - 1, q);
                            }
                            c.record(
                                    MeasurementKind.M,
                                    java.util.stream.IntStream.range(0, n).toArray());
                        });
        Shots shots = new StabilizerSimulator().run(circuit, RunOptions.shots(200).seed(4));
        int ones = 0;
        for (int s = 0; s < shots.size(); s++) {
            String bits = shots.bits(s);
            assertThat(bits).isIn("0".repeat(n), "1".repeat(n));
            ones += bits.charAt(0) - '0';
        }
        // Binomial(200, 1/2): outside of 50 to 150 with probability below 1e-12.
        assertThat(ones).isBetween(50, 150);
    }

    /** Teleporting |-i> with corrections under classical conditions, then measuring Y. */
    @Test
    void teleportationWithBranchesKeepsTheState() {
        Circuit circuit =
                Circuit.of(
                        3,
                        c -> {
                            ClassicalRegister m = c.register("m", 2);
                            ClassicalRegister out = c.register("out", 1);
                            c.h(0).sdg(0).h(1).cx(1, 2).cx(0, 1).h(0);
                            c.measure(0, m.bit(0)).measure(1, m.bit(1));
                            c.when(m.bit(1), t -> t.x(2)).when(m.bit(0), t -> t.z(2));
                            c.sdg(2).h(2).measure(2, out.bit(0));
                        });
        StabilizerSimulator simulator = new StabilizerSimulator();
        assertThat(simulator.refusal(circuit)).isNull();
        Shots shots = simulator.run(circuit, RunOptions.shots(2000).seed(6));
        assertThat(shots.counts("out").get("1")).isEqualTo(2000);
        for (String outcome : List.of("00", "01", "10", "11")) {
            // Binomial(2000, 1/4): mean 500, standard deviation 19.4; seven of them.
            assertThat(shots.counts("m").get(outcome)).isBetween(364L, 636L);
        }
    }

    @Test
    void cliffordGatesUnderConditionsAreFollowed() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            ClassicalRegister r = c.register("r", 2);
                            c.h(0).measure(0, r.bit(0));
                            c.when(r.bit(0), t -> t.h(1).s(1).s(1).h(1), e -> e.i(1));
                            c.measure(1, r.bit(1));
                        });
        Shots shots = new StabilizerSimulator().run(circuit, RunOptions.shots(1000).seed(6));
        assertThat(shots.counts().get("00") + shots.counts().get("11")).isEqualTo(1000);
    }

    @Test
    void registersHoldTheLastResultMeasuredToThem() {
        Circuit circuit =
                Circuit.of(
                        2,
                        c -> {
                            ClassicalRegister r = c.register("r", 3);
                            c.x(0);
                            c.repeat(3, b -> b.x(1).measure(1, r.bit(2)));
                            c.measure(0, r.bit(0));
                        });
        Shots shots = new StabilizerSimulator().run(circuit, RunOptions.shots(10).seed(6));
        assertThat(shots.counts().get("101")).isEqualTo(10);
    }

    @Test
    void expectationsAreThoseOfTheStabilizers() {
        Circuit bell = Circuit.of(2, c -> c.h(0).cx(0, 1));
        StabilizerSimulator simulator = new StabilizerSimulator();
        // XX + ZZ + YY/2 in the Bell state: 1 + 1 - 1/2; ZI has mean zero.
        assertThat(simulator.expect(bell, PauliSum.of("XX + ZZ + 0.5*YY + 3*ZI")).value())
                .isEqualTo(1.5);
    }

    @Test
    void otherEnginesAreNamedForOtherCircuits() {
        Circuit circuit = Circuit.of(1, c -> c.t(0).measureAll());
        assertThat(new StabilizerSimulator().refusal(circuit)).contains("T 0").contains("Maybe");
        assertThatThrownBy(() -> new StabilizerSimulator().run(circuit, 1))
                .isInstanceOf(UnsupportedCircuitException.class);
        assertThatThrownBy(() -> ShotSampler.detectors(Circuit.stim("M 0\nDETECTOR rec[-2]")))
                .hasMessageContaining("rec[-2]");
    }

    /**
     * A record of 10^12 bits, and rows for 16 million qubits and observables, in a heap of 2 GiB.
     */
    @Test
    void whatDoesNotFitIsRefusedWithItsSize() {
        Circuit manyResults = Circuit.stim("REPEAT 1000000000000 {\n M 0\n}");
        assertThatThrownBy(() -> ShotSampler.measurements(manyResults))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("1000000000000 measurements");
        Circuit manyRows = Circuit.stim("M 16777215\nOBSERVABLE_INCLUDE(16000000) rec[-1]\n");
        assertThatThrownBy(() -> ShotSampler.detectors(manyRows))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("16777216 qubits")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void rotationsByQuarterTurnsAreClifford() {
        Circuit circuit = Circuit.of(1, c -> c.rx(Math.PI / 2, 0).rx(Math.PI / 2, 0).measureAll());
        Shots shots = new StabilizerSimulator().run(circuit, RunOptions.shots(20).seed(6));
        assertThat(shots.counts().counts()).hasSize(1);
        assertThat(shots.bits(0)).isEqualTo("1");
    }

    @Test
    void workStopsWhenItsListenerSaysSo() {
        ShotSampler sampler =
                ShotSampler.detectors(SurfaceCode.rotatedMemoryX(3).noise(0.01).circuit());
        for (int threads : new int[] {1, 2}) {
            AtomicLong seen = new AtomicLong();
            Progress progress =
                    new Progress() {
                        @Override
                        public void report(long done, long total) {
                            assertThat(total).isEqualTo(1L << 40);
                            seen.set(done);
                        }

                        @Override
                        public boolean isCancelled() {
                            return seen.get() > 20_000;
                        }
                    };
            RunOptions options = new RunOptions(1L << 40, 1, threads, progress);
            assertThatThrownBy(() -> sampler.sample(options, batch -> {}))
                    .isInstanceOf(CancellationException.class);
            assertThat(seen.get()).isBetween(20_001L, 100_000L);
        }
    }

    /** Look-back far past a tile, long measurement layers and repeats, against unrolled text. */
    @Test
    void foldedProgramsGiveTheUnrolledOnesDetectors() throws IOException {
        String body =
                "R 0\nX_ERROR(0.25) 0\nM 0 1 2 3 4 5 6\nSWAP 7 8\nH 7\nDETECTOR rec[-7] rec[-1400]\n";
        String head = "MPAD" + " 0".repeat(1400) + "\nX_ERROR(0.5) 7\n";
        String tail =
                "H 7\nSWAP 7 8\nM 7 8\nDETECTOR rec[-1]\nDETECTOR rec[-2]\nOBSERVABLE_INCLUDE(1) rec[-703]\n";
        Circuit folded = Circuit.stim(head + "REPEAT 5 {\n" + body + "}\n" + tail);
        Circuit unrolled = Circuit.stim(head + body.repeat(5) + tail);
        RunOptions options = RunOptions.shots(3000).seed(8);
        ShotSampler.Method frames = ShotSampler.Method.FRAMES;
        assertThat(bytes(ShotSampler.detectors(folded, frames), options))
                .isEqualTo(bytes(ShotSampler.detectors(unrolled, frames), options));
    }
}
