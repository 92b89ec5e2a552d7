package org.jaket.examples;

import org.jaket.circuit.Circuit;
import org.jaket.execution.RunOptions;
import org.jaket.stabilizer.ShotSampler;

import java.io.IOException;

/** A GHZ state of atoms that may be lost, and what it helps to look whether they are there. */
public final class LostAtoms {
    private LostAtoms() {}

    /** Runs the example. */
    public static void main(String[] args) throws IOException {
        Circuit ghz =
                Circuit.stim(
                        """
                        H 0
                        LOSS_ERROR(0.05) 0 1 2
                        CX 0 1 1 2
                        M 0 1 2
                        MABSENT 0 1 2
                        """);

        int[] equal = new int[1];
        int[] complete = new int[1];
        int[] both = new int[1];
        ShotSampler.measurements(ghz)
                .sample(
                        RunOptions.shots(100_000).seed(1),
                        batch -> {
                            for (int shot = 0; shot < batch.shots(); shot++) {
                                long record = batch.words()[shot * batch.stride()];
                                boolean agree = (record & 7) == 0 || (record & 7) == 7;
                                boolean there = record >> 3 == 0;
                                equal[0] += agree ? 1 : 0;
                                complete[0] += there ? 1 : 0;
                                both[0] += agree && there ? 1 : 0;
                            }
                        });
        IO.println(
                "results agree in %.3f of all shots, in %.3f of the %d with every atom there"
                        .formatted(equal[0] / 1e5, both[0] / (double) complete[0], complete[0]));
    }
}
