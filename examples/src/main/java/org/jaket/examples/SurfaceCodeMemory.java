package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;
import org.jaket.stabilizer.codes.SurfaceCode;

import java.io.IOException;

/** A noisy surface code: a million rounds of syndrome extraction, counted as they stream by. */
public final class SurfaceCodeMemory {
    private SurfaceCodeMemory() {}

    /** Runs the example. */
    public static void main(String[] args) throws IOException {
        Circuit memory = SurfaceCode.rotatedMemoryZ(5).rounds(10).noise(1e-3).circuit();

        long[] events = new long[1];
        ShotSampler sampler = ShotSampler.detectors(memory);
        sampler.sample(
                RunOptions.shots(100_000).seed(1),
                batch -> {
                    for (int shot = 0; shot < batch.shots(); shot++) {
                        events[0] += batch.ones(shot);
                    }
                });
        IO.println(
                "%d detectors, %.2f of them fire in a shot"
                        .formatted(sampler.layout().detectors(), events[0] / 1e5));
    }
}
