package org.jaket.statevector;

import org.jaket.execution.Progress;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * The gates since the last instruction of a program, and noise among them, until they become an
 * instruction themselves.
 */
final class OpenGates {
    private final Arrangement arrangement;
    private final Progress progress;
    private final int qubits;
    private Gathering gathering;

    /** Where the gates of a circuit with noise wait; null where there is none. */
    private NoisyStretch.@Nullable Builder stretch;

    /** How gates without noise become an instruction. */
    @FunctionalInterface
    interface Arrangement {
        /** The instruction, or null where the ops do nothing. */
        @Nullable Instruction arrange(List<Op> ops, int qubits, Progress progress);

        /** Passes over amplitudes in memory. */
        Arrangement IN_MEMORY =
                (ops, qubits, progress) -> {
                    List<Pass> passes = Schedule.of(ops, qubits, progress);
                    return passes.isEmpty() ? null : new Instruction.Apply(passes);
                };
    }

    /**
     * No gates yet.
     *
     * @param frame where the qubits lie
     * @param hasNoise whether there may be noise among the gates
     */
    OpenGates(Frame frame, Arrangement arrangement, boolean hasNoise, Progress progress) {
        this.arrangement = arrangement;
        this.progress = progress;
        this.qubits = frame.position().length;
        this.gathering = new Gathering(frame, progress);
        this.stretch = hasNoise ? new NoisyStretch.Builder(qubits) : null;
    }

    /** Where the next gates go. */
    GateSink sink() {
        return stretch == null ? gathering : stretch.gates();
    }

    /** Where the qubits lie, all gates so far being done. */
    Frame frame() {
        return gathering.frame();
    }

    /**
     * Gates that had better become an instruction before a point of chance: all shots share them.
     */
    boolean isLongBeforeNoise() {
        return stretch != null && !stretch.hasPoints() && stretch.isLong();
    }

    /** Adds a point of chance; says whether the gates had better become an instruction now. */
    boolean add(ChancePoint point) {
        NoisyStretch.Builder open = Objects.requireNonNull(stretch, "noise was seen");
        open.add(point);
        return open.isFull();
    }

    /**
     * Makes an instruction of the gates; null if they do nothing.
     *
     * @param home whether every qubit is to be at its own place afterwards
     */
    @Nullable Instruction take(boolean home) {
        NoisyStretch.Builder open = stretch;
        if (open != null) {
            stretch = new NoisyStretch.Builder(qubits);
            if (open.hasPoints()) {
                Frame end = home ? Frame.identity(qubits) : null;
                NoisyStretch built = open.build(gathering.frame(), end, progress);
                gathering = new Gathering(built.end(), progress);
                return new Instruction.Noisy(built);
            }
            open.replay(gathering);
        }
        if (home) {
            gathering.settleFrame();
        }
        return arrangement.arrange(gathering.finish(), qubits, progress);
    }
}
