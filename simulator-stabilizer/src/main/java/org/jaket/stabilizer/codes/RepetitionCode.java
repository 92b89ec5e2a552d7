package org.jaket.stabilizer.codes;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;

import java.util.stream.IntStream;

/** The repetition code: data qubits on a line, a measurement qubit between each two. */
public final class RepetitionCode {
    private RepetitionCode() {}

    /**
     * Keeping logical Z of a repetition code; see {@link MemoryExperiment} for noise and rounds.
     */
    public static MemoryExperiment memory(int distance) {
        return MemoryExperiment.of(MemoryTask.REPETITION_MEMORY, distance);
    }

    static Circuit build(MemoryExperiment experiment) {
        int checks = experiment.distance() - 1;
        int[] all = IntStream.rangeClosed(0, 2 * checks).toArray();
        int[] data = IntStream.rangeClosed(0, checks).map(k -> 2 * k).toArray();
        int[] measured = IntStream.range(0, checks).map(k -> 2 * k + 1).toArray();
        int[] left = new int[2 * checks];
        int[] right = new int[2 * checks];
        for (int k = 0; k < checks; k++) {
            left[2 * k] = measured[k] - 1;
            left[2 * k + 1] = measured[k];
            right[2 * k] = measured[k] + 1;
            right[2 * k + 1] = measured[k];
        }

        CycleWriter cycle = new CycleWriter(experiment);
        cycle.beginRound(data);
        cycle.cx(left);
        cycle.tick();
        cycle.cx(right);
        cycle.tick();
        cycle.measureReset(measured);
        Block round = cycle.build();

        CycleWriter body = new CycleWriter(experiment);
        body.append(round);
        body.shift(0, 1);
        for (int k = 0; k < checks; k++) {
            body.detector(new double[] {measured[k], 0}, checks - k, 2 * checks - k);
        }

        CycleWriter out = new CycleWriter(experiment);
        out.reset(Pauli.Z, all);
        out.append(round);
        for (int k = 0; k < checks; k++) {
            out.detector(new double[] {measured[k], 0}, checks - k);
        }
        out.repeat(experiment.rounds() - 1, body.build());
        out.measure(Pauli.Z, data);
        for (int k = 0; k < checks; k++) {
            out.detector(
                    new double[] {measured[k], 1}, checks - k, checks - k + 1, 2 * checks - k + 1);
        }
        out.observable(1);
        return Circuit.of(out.build());
    }
}
