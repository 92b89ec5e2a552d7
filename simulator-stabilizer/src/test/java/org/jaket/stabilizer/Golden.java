package org.jaket.stabilizer;

import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.codes.SurfaceCode;
import org.jaket.stabilizer.results.ResultFormat;
import org.jaket.stabilizer.results.ShotWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * Fingerprints of seeded samples. They say that a seed means the same shots on every machine, with
 * and without vectors; a deliberate change of the random streams changes them.
 */
final class Golden {
    static final long FRAMES = 4228745832L;
    static final long MECHANISMS = 1509006301L;
    static final long MEASUREMENTS_BY_FRAMES = 2564075089L;
    static final long MEASUREMENTS_BY_MECHANISMS = 1846578069L;

    private Golden() {}

    static long detectors(ShotSampler.Method method) throws IOException {
        return fingerprint(
                ShotSampler.detectors(
                        SurfaceCode.rotatedMemoryX(5).noise(0.005).circuit(), method));
    }

    static long measurements(ShotSampler.Method method) throws IOException {
        return fingerprint(
                ShotSampler.measurements(
                        SurfaceCode.rotatedMemoryZ(5).noise(0.02).circuit(),
                        ShotSampler.Reference.FOLDED,
                        method,
                        Progress.NONE));
    }

    private static long fingerprint(ShotSampler sampler) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ShotWriter writer = ShotWriter.to(out, ResultFormat.B8, sampler.layout())) {
            sampler.sample(RunOptions.shots(10_000).seed(2024).threads(1), writer::write);
        }
        CRC32 crc = new CRC32();
        crc.update(out.toByteArray());
        return crc.getValue();
    }
}
