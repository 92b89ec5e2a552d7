package org.jaket.circuit.stim;

import org.jaket.circuit.CircuitException;

import java.util.List;

/** One instruction of a {@link DetectorErrorModel}. */
public sealed interface DemInstruction {
    /** A free text that travels with the instruction. */
    String tag();

    /**
     * An independent error mechanism.
     *
     * @param probability how likely it is
     * @param targets what it flips, with separators between the parts of a suggested decomposition
     * @param tag free text
     */
    record ErrorMechanism(double probability, DemTargets targets, String tag)
            implements DemInstruction {
        /** Checks the probability and that separators stand between targets. */
        public ErrorMechanism {
            if (!(probability >= 0 && probability <= 1)) {
                throw new CircuitException(
                        "error(" + probability + "): a probability is from 0 to 1");
            }
            for (int k = 0; k < targets.size(); k++) {
                if (targets.get(k) == DemTargets.SEPARATOR
                        && (k == 0
                                || k == targets.size() - 1
                                || targets.get(k - 1) == DemTargets.SEPARATOR)) {
                    throw new CircuitException("error " + targets + ": ^ stands between targets");
                }
            }
        }
    }

    /**
     * Declares a detector and says where it is.
     *
     * @param coordinates relative to the shift at its place
     * @param detector its relative index
     * @param tag free text
     */
    record DetectorDeclaration(List<Double> coordinates, long detector, String tag)
            implements DemInstruction {
        /** Copies the coordinates. */
        public DetectorDeclaration {
            coordinates = List.copyOf(coordinates);
            DemTargets.detector(detector);
        }
    }

    /**
     * Declares a logical observable.
     *
     * @param observable its index
     * @param tag free text
     */
    record ObservableDeclaration(long observable, String tag) implements DemInstruction {
        /** Checks the index. */
        public ObservableDeclaration {
            DemTargets.observable(observable);
        }
    }

    /**
     * Adds to the indices and coordinates of all later detectors.
     *
     * @param coordinates what is added to coordinates
     * @param detectors what is added to indices
     * @param tag free text
     */
    record ShiftDetectors(List<Double> coordinates, long detectors, String tag)
            implements DemInstruction {
        /** Copies the coordinates; checks the shift. */
        public ShiftDetectors {
            coordinates = List.copyOf(coordinates);
            DemTargets.detector(detectors);
        }
    }

    /**
     * A folded repetition.
     *
     * @param count how often, may be 0
     * @param body what is repeated
     * @param tag free text
     */
    record RepeatBlock(long count, DetectorErrorModel body, String tag) implements DemInstruction {
        /** Checks the count. */
        public RepeatBlock {
            if (count < 0) {
                throw new CircuitException("repeat " + count + ": the count is not negative");
            }
        }
    }
}
