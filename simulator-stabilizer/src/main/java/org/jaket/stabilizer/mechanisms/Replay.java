package org.jaket.stabilizer.mechanisms;

import org.jaket.circuit.stim.DemInstruction;
import org.jaket.circuit.stim.DetectorErrorModel;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;

/** What given errors of a model flip. */
public final class Replay {
    private final ShotBatch errors;
    private final ShotBatch shots;
    private final int detectors;
    private int error;

    private Replay(ShotBatch errors, RecordLayout layout) {
        this.errors = errors;
        this.detectors = layout.detectors();
        this.shots = new ShotBatch(layout.bits(), errors.shots());
        shots.setShots(errors.firstShot(), errors.shots());
    }

    /**
     * Works out detectors and observables.
     *
     * @param errors which errors of the model happened, one bit an error, repeats unfolded
     * @param layout the model's detectors and observables
     */
    public static ShotBatch of(DetectorErrorModel model, ShotBatch errors, RecordLayout layout) {
        Replay replay = new Replay(errors, layout);
        replay.walk(model, 0);
        return replay.shots;
    }

    private void walk(DetectorErrorModel model, long detector) {
        long at = detector;
        for (DemInstruction instruction : model.instructions()) {
            switch (instruction) {
                case DemInstruction.ErrorMechanism e ->
                        flip(ModelCompiler.symptoms(e.targets(), at));
                case DemInstruction.ShiftDetectors s -> at += s.detectors();
                case DemInstruction.RepeatBlock r -> {
                    for (long k = 0; k < r.count(); k++) {
                        walk(r.body(), at);
                        at += r.body().detectorShift();
                    }
                }
                case DemInstruction.DetectorDeclaration d -> {}
                case DemInstruction.ObservableDeclaration o -> {}
            }
        }
    }

    private void flip(int[] symptoms) {
        long[] words = shots.words();
        int column = error >>> 6;
        long mask = 1L << error;
        error++;
        for (int shot = 0; shot < errors.shots(); shot++) {
            if ((errors.words()[shot * errors.stride() + column] & mask) != 0) {
                for (int s : symptoms) {
                    int bit = s >= 0 ? s : detectors + ~s;
                    words[shot * shots.stride() + (bit >>> 6)] ^= 1L << bit;
                }
            }
        }
    }
}
