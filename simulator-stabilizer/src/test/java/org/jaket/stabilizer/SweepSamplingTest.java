package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler.Method;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ResultFormatException;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.results.ShotReader;
import org.jaket.stabilizer.results.ShotWriter;
import org.jaket.stabilizer.sampling.BatchRunner;
import org.jaket.stabilizer.sampling.BatchSink;
import org.jaket.stabilizer.sampling.SweepBits;
import org.jaket.stabilizer.sampling.SweepTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Sweep bits of shots: against the exact law of the circuit with each shot's Paulis put in, and
 * three ways of sampling against each other and against the conversion of records.
 */
class SweepSamplingTest {
    private static final Pattern CONTROLLED = Pattern.compile("C([XYZ]) sweep\\[(\\d+)\\] (\\d+)");

    /** Shot s has bit k of s as sweep bit k. */
    private static final SweepBits COUNTING =
            batch -> {
                for (int shot = 0; shot < batch.shots(); shot++) {
                    for (int k = 0; k < batch.bits(); k++) {
                        batch.set(shot, k, (batch.firstShot() + shot >> k & 1) != 0);
                    }
                }
            };

    /** Bits that depend on seed, shot and place alone. */
    private static SweepBits random(long seed) {
        return batch -> {
            for (int shot = 0; shot < batch.shots(); shot++) {
                Random random = new Random(seed * 1_000_003 + batch.firstShot() + shot);
                for (int k = 0; k < batch.bits(); k++) {
                    batch.set(shot, k, random.nextBoolean());
                }
            }
        };
    }

    /** The circuit with Paulis, or Pauli errors that are sure to happen, for the given bits. */
    private static Circuit with(String stim, int bits, boolean asErrors) {
        String text =
                CONTROLLED
                        .matcher(stim)
                        .replaceAll(
                                m -> {
                                    boolean one = (bits >> Integer.parseInt(m.group(2)) & 1) != 0;
                                    String gate =
                                            one ? m.group(1) + (asErrors ? "_ERROR(1)" : "") : "I";
                                    return gate + " " + m.group(3);
                                });
        return Circuit.stim(text);
    }

    private static String text(ShotBatch batch, int shot) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < batch.bits(); k++) {
            text.append(batch.get(shot, k) ? '1' : '0');
        }
        return text.toString();
    }

    private static void count(ShotBatch batch, int sweepBits, Map<Integer, Map<String, Long>> to) {
        for (int s = 0; s < batch.shots(); s++) {
            int bits = (int) (batch.firstShot() + s) & (1 << sweepBits) - 1;
            to.computeIfAbsent(bits, b -> new HashMap<>()).merge(text(batch, s), 1L, Long::sum);
        }
    }

    /** At six standard errors and five events for the rarest: false alarms are below 1e-6 each. */
    private static void assertLaw(
            Map<String, Long> counts, Map<String, Double> law, long shots, String what) {
        law.forEach(
                (outcome, exact) -> {
                    double p = Math.min(1, exact);
                    assertThat(counts.getOrDefault(outcome, 0L) / (double) shots)
                            .describedAs("%s of %s", outcome, what)
                            .isCloseTo(p, within(6 * Math.sqrt(p * (1 - p) / shots) + 5.0 / shots));
                });
        assertThat(law.keySet()).containsAll(counts.keySet());
    }

    private static final String FEEDBACK =
            "CX sweep[0] 0\nH 1\nM 0 1\nCX rec[-2] 2\nCY sweep[1] 1\nCZ sweep[2] 2\nX_ERROR(0.1) 2\nM 1 2\nMX 2\nCZ sweep[2] 2\nMX 2";
    private static final String LOOP =
            "H 0\nREPEAT 3 {\n CX sweep[0] 1\n SWAP 0 1\n CY sweep[1] 0\n M(0.1) 0\n}\nM 0 1";
    private static final String BOTH_SIDES =
            "CX sweep[1] 0\nCX sweep[1] 1\nH 0\nCZ sweep[0] 0\nH 0\nCX 0 2\nM 0 1 2";

    @ParameterizedTest
    @ValueSource(strings = {FEEDBACK, LOOP, BOTH_SIDES})
    void recordsFollowTheExactLawOfTheCircuitWithTheirPaulis(String stim) throws IOException {
        Circuit circuit = Circuit.stim(stim);
        int bits = ShotSampler.measurements(circuit).sweepBits();
        long each = 20_000;
        for (Method method : List.of(Method.FRAMES, Method.MECHANISMS)) {
            ShotSampler sampler =
                    ShotSampler.measurements(
                            circuit, ShotSampler.Reference.FOLDED, method, Progress.NONE);
            Map<Integer, Map<String, Long>> bulk = new HashMap<>();
            sampler.sample(
                    RunOptions.shots(each << bits).seed(3).threads(2),
                    COUNTING,
                    batch -> count(batch, bits, bulk));
            for (int value = 0; value < 1 << bits; value++) {
                Map<String, Double> law = ExactRecords.of(with(stim, value, false));
                assertLaw(
                        bulk.getOrDefault(value, Map.of()), law, each, method + ", bits " + value);
            }
        }
        long few = 5_000;
        Map<Integer, Map<String, Long>> single = new HashMap<>();
        BatchRunner.run(
                SingleShots.of(circuit),
                RunOptions.shots(few << bits).seed(4).threads(2),
                COUNTING,
                bits,
                BatchSink.of(batch -> count(batch, bits, single)));
        for (int value = 0; value < 1 << bits; value++) {
            Map<String, Double> law = ExactRecords.of(with(stim, value, false));
            assertLaw(
                    single.getOrDefault(value, Map.of()), law, few, "single shots, bits " + value);
        }
    }

    private static final String CODE =
            "R 0 1 2\nCX sweep[0] 0\nX_ERROR(0.1) 0 1 2\nCX 0 3 1 3 1 4 2 4\nMR 3 4\nDETECTOR rec[-2]\nDETECTOR rec[-1]\nCX sweep[1] 1\nCY sweep[2] 2\nCX 0 3 1 3 1 4 2 4\nMR(0.05) 3 4\nDETECTOR rec[-2] rec[-4]\nDETECTOR rec[-1] rec[-3]\nM 0\nOBSERVABLE_INCLUDE(0) rec[-1]";
    private static final String TURNED =
            "X 0\nM 0 1\nREPEAT 3 {\n CX sweep[0] 0\n X_ERROR(0.2) 1\n M 0 1\n DETECTOR rec[-2] rec[-4]\n SWAP 0 1\n CX sweep[1] 1\n}\nM 1\nOBSERVABLE_INCLUDE(1) rec[-1]\nOBSERVABLE_INCLUDE(0) rec[-1] rec[-2]";

    @ParameterizedTest
    @ValueSource(strings = {CODE, TURNED})
    void detectorsFollowTheExactLawWithSureErrors(String stim) throws IOException {
        Circuit circuit = Circuit.stim(stim);
        // Raw parities with the Paulis put in, compared with those of the noiseless circuit.
        ReferenceResults reference = ReferenceResults.of(circuit);
        for (Method method : new Method[] {Method.FRAMES, Method.MECHANISMS}) {
            ShotSampler sampler = ShotSampler.detectors(circuit, method);
            int bits = sampler.sweepBits();
            long each = 20_000;
            Map<Integer, Map<String, Long>> counts = new HashMap<>();
            sampler.sample(
                    RunOptions.shots(each << bits).seed(5).threads(2),
                    COUNTING,
                    batch -> count(batch, bits, counts));
            for (int value = 0; value < 1 << bits; value++) {
                Map<String, Double> law = new HashMap<>();
                ExactRecords.ofDetectors(with(stim, value, true))
                        .forEach(
                                (outcome, p) ->
                                        law.merge(
                                                compared(outcome, sampler.layout(), reference),
                                                p,
                                                Double::sum));
                assertLaw(
                        counts.getOrDefault(value, Map.of()),
                        law,
                        each,
                        method + ", bits " + value);
            }
        }
    }

    private static String compared(
            String outcome, RecordLayout layout, ReferenceResults reference) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < layout.detectors(); k++) {
            text.append((outcome.charAt(k) == '1') == reference.detectors().get(k) ? '0' : '1');
        }
        long observables = Long.parseLong(outcome.substring(layout.detectors() + 1));
        for (int k = 0; k < layout.observables(); k++) {
            boolean one = (observables >> k & 1) != 0;
            text.append(one == reference.observables().get(k) ? '0' : '1');
        }
        return text.toString();
    }

    /** A surface code whose data qubits are turned over in every round, 90 rounds, folded. */
    private static Circuit turned(int distance, int rounds) {
        String text = SurfaceCode.rotatedMemoryZ(distance).rounds(rounds).circuit().toStim();
        return Circuit.stim(
                text.replace("{\n", "{\n    CX sweep[3] 1 sweep[70] 8 sweep[5] 10\n")
                        .replaceFirst("TICK", "CX sweep[0] 1 sweep[1] 3 sweep[2] 5\nTICK"));
    }

    private static byte[] b8(ShotSampler sampler, SweepBits sweeps, long shots, int threads)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
            sampler.sample(RunOptions.shots(shots).seed(9).threads(threads), sweeps, writer::write);
        }
        return out.toByteArray();
    }

    @Test
    void withoutNoiseAllWaysGiveTheSameDetectors() throws IOException {
        Circuit circuit = turned(3, 90);
        int shots = 700;
        ShotSampler records = ShotSampler.measurements(circuit);
        assertThat(records.sweepBits()).isEqualTo(71);
        ShotBatch sampled = new ShotBatch(records.layout().bits(), shots);
        ShotBatch sweeps = new ShotBatch(71, shots);
        sweeps.setShots(0, shots);
        random(1).fill(sweeps);
        records.sample(
                RunOptions.shots(shots).seed(1),
                random(1),
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        for (int k = 0; k < batch.bits(); k++) {
                            sampled.set((int) batch.firstShot() + s, k, batch.get(s, k));
                        }
                    }
                });
        sampled.setShots(0, shots);
        DetectionConverter converter = DetectionConverter.of(circuit);
        // The converter knows the bits and expects what they do.
        ShotBatch expected = converter.convert(sampled, sweeps);
        for (int s = 0; s < shots; s++) {
            assertThat(expected.ones(s)).isZero();
        }
        // Without them it sees what they flip.
        ShotBatch flipped = converter.convert(sampled, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, converter.layout())) {
            writer.write(flipped);
        }
        byte[] wanted = out.toByteArray();
        assertThat(new java.math.BigInteger(1, wanted).bitCount()).isGreaterThan(10_000);
        for (Method method : new Method[] {Method.FRAMES, Method.MECHANISMS}) {
            assertThat(b8(ShotSampler.detectors(circuit, method), random(1), shots, 2))
                    .isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"FRAMES", "MECHANISMS"})
    void shotsDoNotDependOnThreadsAndZerosChangeNothing(Method method) throws IOException {
        Circuit noisy =
                Circuit.stim(
                        turned(3, 20).toStim().replace("TICK", "DEPOLARIZE1(0.01) 1 3 5\nTICK"));
        ShotSampler sampler = ShotSampler.detectors(noisy, method);
        byte[] one = b8(sampler, random(2), 10_000, 1);
        assertThat(b8(sampler, random(2), 10_000, 3)).isEqualTo(one);
        byte[] zeros = b8(sampler, batch -> {}, 10_000, 2);
        assertThat(zeros).isNotEqualTo(one);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
            sampler.sample(RunOptions.shots(10_000).seed(9).threads(2), writer::write);
        }
        assertThat(out.toByteArray()).isEqualTo(zeros);
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void tablesAreReadInEveryFormat(ResultFormat format) throws IOException {
        int shots = 1280;
        ShotBatch sweeps = new ShotBatch(71, shots);
        sweeps.setShots(0, shots);
        random(3).fill(sweeps);
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        RecordLayout layout = RecordLayout.ofMeasurements(71);
        try (ShotWriter writer = ShotWriter.to(table, format, layout)) {
            writer.write(sweeps);
        }
        ShotSampler sampler = ShotSampler.detectors(turned(3, 4), Method.FRAMES);
        SweepTable.Opener opener =
                () ->
                        ShotReader.from(
                                new ByteArrayInputStream(table.toByteArray()), format, layout);
        assertThat(b8(sampler, SweepTable.of(opener.open()), 1280, 2))
                .isEqualTo(b8(sampler, random(3), 1280, 1));
        // More records than shots are fine, fewer are not.
        assertThat(b8(sampler, SweepTable.of(opener.open()), 1000, 2))
                .isEqualTo(b8(sampler, random(3), 1000, 1));
        assertThatThrownBy(() -> b8(sampler, SweepTable.of(opener.open()), 1281, 2))
                .isInstanceOf(ResultFormatException.class)
                .hasMessage(
                        "The table of sweep bits has 1280 records, and there is none for shot 1280.");
        SweepBits again =
                batch -> {
                    for (int s = 0; s < batch.shots(); s++) {
                        int row = (int) ((batch.firstShot() + s) % 1280);
                        for (int k = 0; k < 71; k++) {
                            batch.set(s, k, sweeps.get(row, k));
                        }
                    }
                };
        assertThat(b8(sampler, SweepTable.repeated(opener), 5000, 2))
                .isEqualTo(b8(sampler, again, 5000, 1));
    }

    @Test
    void anEmptyTableIsNotRepeatedForEver() {
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim("CX sweep[0] 0\nM 0"));
        SweepTable.Opener opener =
                () ->
                        ShotReader.from(
                                new ByteArrayInputStream(new byte[0]),
                                ResultFormat.ZERO_ONE,
                                RecordLayout.ofMeasurements(1));
        assertThatThrownBy(() -> b8(sampler, SweepTable.repeated(opener), 5, 1))
                .hasMessage("The table of sweep bits has 0 records, and there is none for shot 0.");
    }

    /** An odd and an even number of turns: what a sweep bit does in a loop is not unfolded. */
    @Test
    void longLoopsAreFolded() throws IOException {
        String stim =
                "REPEAT 1000000000001 {\n CX sweep[0] 0\n}\nREPEAT 1000000000000 {\n CX sweep[1] 0\n}\nM 0\nDETECTOR rec[-1]\nOBSERVABLE_INCLUDE(0) rec[-1]";
        ShotSampler sampler = ShotSampler.detectors(Circuit.stim(stim), Method.MECHANISMS);
        assertThat(b8(sampler, COUNTING, 4, 1)).containsExactly(0, 3, 0, 3);
    }

    /** The largest sweep bit there can be: rows are made for the bits that are used alone. */
    @Test
    void oneFarSweepBitTakesLittleMemory() throws IOException {
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim("CX sweep[16777215] 0\nM 0"));
        assertThat(sampler.sweepBits()).isEqualTo(1 << 24);
        byte[] shots =
                b8(sampler, batch -> batch.set(0, (1 << 24) - 1, batch.firstShot() == 0), 3, 1);
        assertThat(shots).containsExactly(1, 0, 0);
    }

    /** Also in the shots that lose a qubit, which are followed one by one. */
    @Test
    void qubitsThatMayBeLostTakeSweepBits() throws IOException {
        String stim =
                "CX sweep[0] 0\nLOSS_ERROR(0.3) 0 1\nCX 0 1\nCY sweep[1] 1\nM 0 1\nMABSENT 0 1";
        ShotSampler sampler = ShotSampler.measurements(Circuit.stim(stim));
        long each = 20_000;
        Map<Integer, Map<String, Long>> counts = new HashMap<>();
        sampler.sample(
                RunOptions.shots(each << 2).seed(8).threads(2),
                COUNTING,
                batch -> count(batch, 2, counts));
        for (int value = 0; value < 4; value++) {
            Map<String, Double> law = ExactDepartures.of(with(stim, value, false));
            assertLaw(counts.getOrDefault(value, Map.of()), law, each, "bits " + value);
        }
    }
}
