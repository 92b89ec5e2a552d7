package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DemTargets;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.errors.ErrorAnalysis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Detector error models of random circuits against the exact law of their detectors, found by
 * following every branch of every measurement and error on state vectors.
 */
class ErrorModelLawTest {
    private static final int QUBITS = 3;
    private static final int CIRCUITS = 60;

    private static final int MEASUREMENTS = 6;

    /**
     * Measurements, resets and errors multiply the branches to follow; this is how often by two.
     */
    private static final int DOUBLINGS = 16;

    private static final List<String> GATES_1 =
            List.of("H", "S", "SQRT_X", "SQRT_Y_DAG", "C_XYZ", "C_ZYX", "H_XY", "H_YZ", "X");
    private static final List<String> GATES_2 =
            List.of(
                    "CX",
                    "CY",
                    "CZ",
                    "XCX",
                    "XCY",
                    "XCZ",
                    "YCX",
                    "YCY",
                    "YCZ",
                    "SWAP",
                    "ISWAP",
                    "CXSWAP",
                    "SWAPCX",
                    "CZSWAP",
                    "SQRT_XX",
                    "SQRT_YY_DAG",
                    "SQRT_ZZ");

    /** Channels that independent errors can express exactly. */
    private static final List<String> NOISE =
            List.of(
                    "X_ERROR(0.1) %1$d",
                    "Y_ERROR(0.2) %1$d",
                    "Z_ERROR(0.3) %1$d",
                    "DEPOLARIZE1(0.2) %1$d",
                    "DEPOLARIZE2(0.25) %1$d %2$d",
                    "PAULI_CHANNEL_1(0.05, 0.06, 0.07) %1$d",
                    "E(0.15) X%1$d Z%2$d");

    /** A circuit without detectors, and the parities of its results that are fixed and not. */
    record Case(String text, List<String> fixed, List<String> random) {
        @Override
        public String toString() {
            return text.replace("\n", "; ");
        }
    }

    static Stream<Case> cases() {
        return IntStream.range(0, CIRCUITS).mapToObj(seed -> randomCase(new Random(seed)));
    }

    private static Case randomCase(Random random) {
        List<String> lines = new ArrayList<>();
        int results = 0;
        int doublings = 2 * MEASUREMENTS;
        while (results < MEASUREMENTS) {
            int a = random.nextInt(QUBITS);
            int b = (a + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
            switch (random.nextInt(10)) {
                case 0, 1 -> lines.add(pick(GATES_1, random) + " " + a);
                case 2, 3, 4 -> lines.add(pick(GATES_2, random) + " " + a + " " + b);
                case 5 -> {
                    String noise = pick(NOISE, random).formatted(a, b);
                    int more = noise.startsWith("DEPOLARIZE2") ? 4 : 2;
                    if (doublings + more <= DOUBLINGS) {
                        doublings += more;
                        lines.add(noise);
                    }
                }
                case 6 -> {
                    if (doublings++ < DOUBLINGS) {
                        lines.add(pick(List.of("R", "RX", "RY"), random) + " " + a);
                    }
                }
                case 7 -> {
                    String kind = pick(List.of("M", "MX", "MY", "MR", "MRX", "M(0.1)"), random);
                    lines.add(kind + " " + a);
                    results++;
                }
                case 8 -> {
                    String product = pick(List.of("MXX %d %d", "MPP X%d*Y%d", "MZZ %d %d"), random);
                    lines.add(product.formatted(a, b));
                    results++;
                }
                default -> {
                    if (results > 0) {
                        lines.add("CX rec[-1] " + a);
                    } else {
                        lines.add("SPP X" + a + "*Z" + b);
                    }
                }
            }
        }
        String text = String.join("\n", lines) + "\n";
        List<String> fixed = new ArrayList<>();
        List<String> loose = new ArrayList<>();
        Map<String, Double> records = ExactRecords.of(withoutNoise(text));
        for (int set = 1; set < 1 << MEASUREMENTS; set++) {
            int parities = 0;
            for (String record : records.keySet()) {
                parities |= 1 << (Integer.bitCount(set & bits(record)) & 1);
            }
            (parities == 3 ? loose : fixed).add(targets(set));
        }
        return new Case(text, fixed, loose);
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static int bits(String record) {
        int bits = 0;
        for (int k = 0; k < record.length(); k++) {
            bits |= (record.charAt(k) - '0') << k;
        }
        return bits;
    }

    private static String targets(int set) {
        return IntStream.range(0, MEASUREMENTS)
                .filter(k -> (set >> k & 1) != 0)
                .mapToObj(k -> " rec[" + (k - MEASUREMENTS) + "]")
                .collect(Collectors.joining());
    }

    private static Circuit withoutNoise(String text) {
        String quiet =
                text.lines()
                        .filter(l -> !l.matches("(E|.*ERROR|DEPOLARIZE.|PAULI_.*)\\(.*"))
                        .map(l -> l.replace("(0.1)", ""))
                        .collect(Collectors.joining("\n"));
        return Circuit.stim(quiet);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void modelHasTheExactLawOfDetectorsAndObservables(Case c) {
        var text = new StringBuilder(c.text());
        int detectors = Math.min(5, c.fixed().size());
        for (int k = 0; k < detectors; k++) {
            text.append("DETECTOR").append(c.fixed().get(k)).append('\n');
        }
        if (!c.fixed().isEmpty()) {
            text.append("OBSERVABLE_INCLUDE(0)").append(c.fixed().getLast()).append('\n');
        }
        int bits = detectors + 1;
        double[] reference =
                law(ExactRecords.ofDetectors(withoutNoise(text.toString())), detectors);
        int noiseless = 0;
        while (reference[noiseless] < 0.5) {
            noiseless++;
        }
        double[] exact = law(ExactRecords.ofDetectors(Circuit.stim(text.toString())), detectors);
        double[] found = law(ErrorAnalysis.of(Circuit.stim(text.toString())), detectors, bits);
        for (int k = 0; k < 1 << bits; k++) {
            assertThat(found[k ^ noiseless]).isCloseTo(exact[k], within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void randomParitiesAreRefused(Case c) {
        for (String parity : c.random()) {
            Circuit detector = Circuit.stim(c.text() + "DETECTOR" + parity);
            assertThatThrownBy(() -> ErrorAnalysis.of(detector))
                    .isInstanceOf(CircuitException.class)
                    .hasMessageContaining("random even without noise")
                    .hasMessageContaining("D0");
            // As a gauge it is flipped or not with even odds.
            DetectorErrorModel gauge =
                    ErrorAnalysis.options().allowingGaugeDetectors().analyse(detector);
            assertThat(law(gauge, 1, 1)[1]).isCloseTo(0.5, within(1e-9));
        }
    }

    /** Probabilities by detectors (low bits) and the observable (the bit above). */
    private static double[] law(Map<String, Double> exact, int detectors) {
        double[] law = new double[1 << detectors + 1];
        exact.forEach(
                (key, p) -> {
                    int blank = key.indexOf(' ');
                    int index = bits(key.substring(0, blank));
                    law[index | Integer.parseInt(key.substring(blank + 1)) << detectors] += p;
                });
        return law;
    }

    private static double[] law(DetectorErrorModel model, int detectors, int bits) {
        double[] law = new double[1 << bits];
        law[0] = 1;
        for (DemInstruction instruction : model.instructions()) {
            if (instruction instanceof DemInstruction.ErrorMechanism e) {
                int flips =
                        e.targets().stream()
                                .mapToInt(
                                        t -> 1 << (DemTargets.isDetector(t) ? (int) t : detectors))
                                .sum();
                double[] next = new double[law.length];
                for (int k = 0; k < law.length; k++) {
                    next[k] += law[k] * (1 - e.probability());
                    next[k ^ flips] += law[k] * e.probability();
                }
                law = next;
            }
        }
        return law;
    }
}
