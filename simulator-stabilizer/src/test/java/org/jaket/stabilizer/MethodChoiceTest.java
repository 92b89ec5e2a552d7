package org.jaket.stabilizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.ShotSampler.Method;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ShotBatch;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Errors are listed only for as many shots as make up for it; the bits tell which way was taken.
 */
class MethodChoiceTest {
    private static final Circuit CIRCUIT = SurfaceCode.rotatedMemoryX(15).noise(0.001).circuit();
    private static final long MANY = 400_000;
    private static final long FEW = 100;

    private static ShotSampler measurements(Method method) {
        return ShotSampler.measurements(
                CIRCUIT, ShotSampler.Reference.FOLDED, method, Progress.NONE);
    }

    private static long fingerprint(ShotSampler sampler, long shots) throws IOException {
        CRC32 crc = new CRC32();
        sampler.sample(RunOptions.shots(shots).seed(3).threads(1), batch -> add(batch, crc));
        return crc.getValue();
    }

    private static void add(ShotBatch batch, CRC32 crc) {
        for (int shot = 0; shot < batch.shots(); shot++) {
            long word = batch.words()[shot * batch.stride()];
            for (int k = 0; k < 64; k += 8) {
                crc.update((int) (word >>> k));
            }
        }
    }

    @Test
    void fewShotsAreFramesAndManyAreMechanisms() throws IOException {
        ShotSampler automatic = measurements(Method.AUTOMATIC);
        long many = fingerprint(automatic, MANY);
        assertThat(many).isEqualTo(fingerprint(measurements(Method.MECHANISMS), MANY));
        assertThat(many).isNotEqualTo(fingerprint(measurements(Method.FRAMES), MANY));
        // Few shots are the same whatever the sampler has been used for before.
        long few = fingerprint(measurements(Method.FRAMES), FEW);
        assertThat(fingerprint(automatic, FEW)).isEqualTo(few);
        assertThat(fingerprint(measurements(Method.AUTOMATIC), FEW)).isEqualTo(few);
    }

    @Test
    void withoutNoiseThereIsNothingToList() throws IOException {
        Circuit quiet = SurfaceCode.rotatedMemoryX(5).circuit();
        assertThat(fingerprint(ShotSampler.measurements(quiet), MANY))
                .isEqualTo(
                        fingerprint(
                                ShotSampler.measurements(
                                        quiet,
                                        ShotSampler.Reference.FOLDED,
                                        Method.FRAMES,
                                        Progress.NONE),
                                MANY));
    }

    /** In a random circuit an error comes to flip half of all later results. */
    @Test
    void errorsThatSpreadWithoutEndAreNotListed() {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder();
        for (int layer = 0; layer < 1200; layer++) {
            String half = some(random, 150);
            String pairs = some(random, 300);
            text.append("H ").append(half);
            text.append("\nCX ").append(pairs).append("\nDEPOLARIZE2(0.001) ").append(pairs);
            text.append("\nM ").append(layer % 300).append('\n');
        }
        Circuit circuit = Circuit.stim(text.toString());
        assertThatThrownBy(
                        () ->
                                ShotSampler.measurements(
                                        circuit,
                                        ShotSampler.Reference.FOLDED,
                                        Method.MECHANISMS,
                                        Progress.NONE))
                .isInstanceOf(UnsupportedCircuitException.class)
                .hasMessageContaining("too many different errors");
    }

    private static String some(Random random, int count) {
        return random.ints(0, 300)
                .distinct()
                .limit(count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }

    @Test
    void detectorsAreChosenAlike() throws IOException {
        ShotSampler automatic = ShotSampler.detectors(CIRCUIT);
        assertThat(fingerprint(automatic, MANY))
                .isEqualTo(fingerprint(ShotSampler.detectors(CIRCUIT, Method.MECHANISMS), MANY));
        assertThat(fingerprint(automatic, FEW))
                .isEqualTo(fingerprint(ShotSampler.detectors(CIRCUIT, Method.FRAMES), FEW));
    }
}
