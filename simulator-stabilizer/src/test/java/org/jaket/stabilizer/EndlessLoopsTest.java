package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.stim.Stim;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.diagram.Diagrams;
import org.jaket.stabilizer.diagram.TickRange;
import org.jaket.stabilizer.errors.ErrorAnalysis;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Loops of 10^12 turns. The qubits go round in cycles whose lengths are primes, one excitation
 * each, so that the state repeats itself after the product of the primes: 210 turns for the first
 * four, 7.4 * 10^12 for the first twelve.
 */
@Timeout(60)
class EndlessLoopsTest {
    private static final long TURNS = 1_000_000_000_000L;
    private static final int[] FOUR = {2, 3, 5, 7};
    private static final int[] TWELVE = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

    /**
     * A turn moves what is on the first qubit of a cycle to its last, and all others down by one.
     */
    private static String circuit(int[] cycles, long turns, String inLoop, String behind) {
        var first = new StringBuilder("X");
        var moves = new StringBuilder();
        int base = 0;
        for (int cycle : cycles) {
            first.append(' ').append(base);
            for (int k = 0; k + 1 < cycle; k++) {
                moves.append("SWAP %d %d\n".formatted(base + k, base + k + 1));
            }
            base += cycle;
        }
        return first + "\nREPEAT " + turns + " {\n" + moves + inLoop + "\n}\n" + behind + "\n";
    }

    private static String firstOfEach(String letter, String separator) {
        List<String> qubits = new ArrayList<>();
        int base = 0;
        for (int cycle : TWELVE) {
            qubits.add(letter + base);
            base += cycle;
        }
        return String.join(separator, qubits);
    }

    private static Circuit endless(String inLoop) {
        String behind = "MPP " + firstOfEach("Z", "*") + "\nDETECTOR rec[-1]";
        return Stim.parse(circuit(TWELVE, TURNS, inLoop, behind));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CircuitException.class,
                        e -> assertThat(e.operation()).isInstanceOf(Repeat.class))
                .hasMessageContaining("REPEAT 1000000000000")
                .hasMessageMatching("(?s).*(targets|operations).*");
    }

    /** After T turns the excitation of a cycle of length p is at -T mod p. */
    @Test
    void shortPeriodsAreFoldedExactly() throws IOException {
        String text = circuit(FOUR, TURNS, "H 17", "M 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16");
        long[] words = ReferenceResults.of(Stim.parse(text)).results().toLongArray();
        long expected = 0;
        int base = 0;
        for (int cycle : FOUR) {
            expected |= 1L << base + Math.floorMod(-TURNS, cycle);
            base += cycle;
        }
        assertThat(words).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H 200", "R 200", "X_ERROR(0.001) 0", "LOSS_ERROR(0.1) 200"})
    void periodsThatAreTooLongAreRefusedByEverySampler(String inLoop) {
        Circuit circuit = endless(inLoop);
        assertRefused(() -> ShotSampler.measurements(circuit).prepare(10));
        assertRefused(() -> ShotSampler.detectors(circuit).prepare(10));
        assertRefused(() -> DetectionConverter.of(circuit));
        assertRefused(
                () ->
                        ShotSampler.measurements(
                                circuit,
                                ShotSampler.Reference.UNFOLDED,
                                ShotSampler.Method.AUTOMATIC,
                                Progress.NONE));
    }

    @Test
    void samplersRefuseWithoutBeingPrepared() {
        ShotSampler sampler = ShotSampler.detectors(endless("H 200"));
        assertRefused(() -> sampler.sample(RunOptions.shots(1), (ShotBatch batch) -> {}));
    }

    @Test
    void branchesInEndlessLoopsAreRefused() {
        Circuit circuit = endless("M 200\nIF rec[-1] {\n X 200\n}\nR 200");
        assertThatThrownBy(() -> ShotSampler.measurements(circuit))
                .hasMessageContaining("10000000000");
        Circuit unrecorded =
                Stim.parse(
                        circuit(TWELVE, TURNS, "IF rec[-1] {\n X 200\n}", "M 0")
                                .replace("X 0 ", "M 0\nX 0 "));
        assertRefused(() -> ShotSampler.measurements(unrecorded));
        assertRefused(() -> DetectionConverter.of(unrecorded));
    }

    @Test
    void analysesAndDrawingsRefuseThem() {
        Circuit circuit = endless("X_ERROR(0.001) 0");
        assertThatThrownBy(() -> ErrorAnalysis.options().analyse(circuit))
                .isInstanceOfSatisfying(
                        CircuitException.class,
                        e -> assertThat(e.operation()).isInstanceOf(Repeat.class))
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> ErrorAnalysis.options().foldedLoops().analyse(circuit))
                .hasMessageContaining("do not come to repeat themselves");
        assertRefused(() -> Diagrams.detectorSlicesText(circuit, new TickRange(1, 1), List.of()));
    }

    /** Detectors that pile up make each turn longer than the one before. */
    @Test
    void detectorsThatPileUpAreRefused() {
        String text = circuit(TWELVE, 1_000_000_000, "X_ERROR(0.001) 0\nM 0\nDETECTOR rec[-1]", "");
        assertThatThrownBy(() -> ShotSampler.detectors(Stim.parse(text)).prepare(10))
                .hasMessageContaining("REPEAT 1000000000");
        assertThatThrownBy(
                        () ->
                                Diagrams.detectorSlicesText(
                                        Stim.parse(text), new TickRange(1, 1), List.of()))
                .hasMessageContaining("does not come to repeat itself");
    }

    @Test
    void theReferenceOfAConverterCanBeCancelled() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public void report(long done, long total) {}

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        assertThatThrownBy(
                        () ->
                                DetectionConverter.of(
                                        endless("H 200"),
                                        ShotSampler.Reference.FOLDED,
                                        DetectionConverter.Feedback.APPLIED,
                                        cancelled))
                .isInstanceOf(CancellationException.class);
    }
}
