package org.jaket.execution.trajectory;

import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.execution.BitLayout;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** A circuit compiled for engines of pure states: a flat list of steps. Immutable. */
public final class Program {
    /** A while loop that turns more often than this in one run is taken to be endless. */
    static final long MAX_TURNS = 1_000_000;

    private final Circuit circuit;
    private final Step[] steps;
    private final int loops;
    private final int chains;
    private final BitLayout layout;

    Program(Circuit circuit, Step[] steps, int loops, int chains, BitLayout layout) {
        this.circuit = circuit;
        this.steps = steps;
        this.loops = loops;
        this.chains = chains;
        this.layout = layout;
    }

    /**
     * Compiles a circuit.
     *
     * @throws UnsupportedCircuitException with the text of {@link #refusal}
     * @throws org.jaket.circuit.CircuitException if parameters are open
     */
    public static Program compile(Circuit circuit) {
        String refusal = refusal(circuit, Integer.MAX_VALUE);
        if (refusal != null) {
            throw new UnsupportedCircuitException(refusal);
        }
        return Lowering.compile(circuit);
    }

    /**
     * Why no engine of pure states takes the circuit, or null: noise that makes qubits leave, or
     * Kraus channels on more than {@code channelQubits} qubits. Repeated blocks are looked at once.
     */
    public static @Nullable String refusal(Circuit circuit, int channelQubits) {
        return refusal(circuit.body(), channelQubits);
    }

    private static @Nullable String refusal(Block block, int channelQubits) {
        for (Operation operation : block.operations()) {
            if (operation instanceof NoiseOperation n && n.noise().movesQubits()) {
                return n.describe()
                        + " makes qubits leave or return, and a pure state has all of them. Maybe"
                        + " use the stabilizer engine?";
            }
            if (operation instanceof ChannelOperation c && c.channel().qubits() > channelQubits) {
                return c.describe()
                        + " is a channel on "
                        + c.channel().qubits()
                        + " qubits, more than "
                        + channelQubits
                        + ". Maybe use the statevector engine?";
            }
            for (Block inner : operation.blocks()) {
                String refusal = refusal(inner, channelQubits);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return null;
    }

    /** The circuit it comes from. */
    public Circuit circuit() {
        return circuit;
    }

    /** What the result bits of a run mean. */
    public BitLayout layout() {
        return layout;
    }

    Step[] steps() {
        return steps;
    }

    int loops() {
        return loops;
    }

    int chains() {
        return chains;
    }

    /** The program without what follows the last step that can give a result. */
    public Program withoutTail() {
        int end = steps.length;
        while (end > 0 && isMute(steps[end - 1])) {
            end--;
        }
        return new Program(circuit, Arrays.copyOf(steps, end), loops, chains, layout);
    }

    private static boolean isMute(Step step) {
        return switch (step) {
            case Step.Gates g -> true;
            case Step.Reset r -> true;
            case Step.Kraus k -> true;
            case Step.Choose c -> c.herald() == null;
            default -> false;
        };
    }

    /** Whether no step from a place on touches the state. */
    boolean isClassicalFrom(int place) {
        for (int i = place; i < steps.length; i++) {
            int to =
                    switch (steps[i]) {
                        case Step.Jump j -> j.to();
                        case Step.Next n -> n.to();
                        case Step.JumpUnless j -> j.to();
                        default -> i + 1;
                    };
            // Jumps backwards may lead to steps before the place.
            if (steps[i].isQuantum() || to < place) {
                return false;
            }
        }
        return true;
    }

    /** Whether a run can end in only one way. */
    public boolean isDeterministic() {
        return Arrays.stream(steps).noneMatch(Step::isRandom);
    }

    /** Whether all shots share one state up to one joint measurement at the end. */
    boolean isSampledOnce() {
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isRandom()) {
                return steps[i] instanceof Step.Measure && isClassicalFrom(i + 1);
            }
        }
        return true;
    }
}
