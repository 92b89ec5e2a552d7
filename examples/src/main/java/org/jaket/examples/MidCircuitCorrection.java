package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.feedforward.Decision;
import org.jaket.stabilizer.feedforward.StagedSampler;
import org.jaket.stabilizer.results.ShotBatch;

import java.io.IOException;
import java.util.List;

/** A repetition code that is decoded and corrected after every round. */
public final class MidCircuitCorrection {
    private MidCircuitCorrection() {}

    /** Runs the example. */
    public static void main(String[] args) throws IOException {
        Circuit round =
                Circuit.stim(
                        """
                        CX sweep[0] 0 sweep[1] 1 sweep[2] 2
                        X_ERROR(0.05) 0 1 2
                        CX 0 3 1 3 1 4 2 4
                        MR 3 4
                        DETECTOR rec[-2]
                        DETECTOR rec[-1]
                        """);
        Circuit readout =
                Circuit.stim(
                        """
                        CX sweep[0] 0 sweep[1] 1 sweep[2] 2
                        M 0
                        OBSERVABLE_INCLUDE(0) rec[-1]
                        """);
        Decision lookup =
                (outcome, sweeps) -> {
                    ShotBatch syndrome = outcome.detectors(outcome.stage());
                    for (int shot = 0; shot < outcome.shots(); shot++) {
                        boolean left = syndrome.get(shot, 0);
                        boolean right = syndrome.get(shot, 1);
                        sweeps.set(shot, 0, left && !right);
                        sweeps.set(shot, 1, left && right);
                        sweeps.set(shot, 2, right && !left);
                    }
                };

        List<Circuit> stages = List.of(round, round, round, round, round, readout);
        StagedSampler sampler = StagedSampler.detectors(stages);
        for (Decision decision : List.of(lookup, (Decision) (outcome, sweeps) -> {})) {
            long[] wrong = new long[1];
            sampler.sample(
                    RunOptions.shots(100_000).seed(1),
                    decision,
                    batch -> {
                        for (int shot = 0; shot < batch.shots(); shot++) {
                            wrong[0] += batch.get(shot, sampler.layout().detectors()) ? 1 : 0;
                        }
                    });
            IO.println("%.3f of the shots are wrong".formatted(wrong[0] / 1e5));
        }
    }
}
