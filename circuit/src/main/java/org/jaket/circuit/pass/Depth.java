package org.jaket.circuit.pass;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.While;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The depth of a circuit: every application of a gate, measurement, reset or channel is one level
 * above the highest of the qubits it touches; barriers align their qubits; conditionals and while
 * loops count as one execution of their longest branch. Classical bits do not carry depth.
 *
 * <p>Repeats are not unfolded: the levels after each round are a max-plus linear map of those
 * before. Among qubits that the body connects the map is irreducible, so their differences become
 * periodic; as soon as they recur, the remaining rounds are added at once.
 */
public final class Depth {
    private final long[] levels;

    private Depth(int qubits) {
        levels = new long[qubits];
    }

    /** The depth of the circuit. */
    public static long of(Circuit circuit) {
        var depth = new Depth(circuit.qubits());
        depth.walk(circuit.body());
        return Arrays.stream(depth.levels).max().orElse(0);
    }

    private void walk(Block block) {
        for (Operation operation : block.operations()) {
            switch (operation) {
                case GateOperation g -> groups(g.targets(), Math.max(1, g.gate().qubits()));
                case Measurement m when m.kind() == MeasurementKind.MPP -> products(m.targets());
                case Measurement m when m.kind() == MeasurementKind.MPAD -> {}
                case Measurement m -> groups(m.targets(), m.kind().qubits());
                case PauliPhase p -> products(p.targets());
                case PauliRotation p -> products(p.targets());
                case NoiseOperation n when n.noise().qubits() == 0 ->
                        groups(n.targets(), Math.max(1, n.targets().size()));
                case NoiseOperation n -> groups(n.targets(), n.noise().qubits());
                case Barrier b -> align(b.targets());
                case Repeat r -> repeat(r);
                case Conditional c -> branches(c);
                case While w -> walk(w.body());
                case ChannelOperation c -> groups(c.targets(), c.channel().qubits());
                case Reset r -> groups(r.targets(), 1);
                case Delay d -> groups(d.targets(), 1);
                case Assignment a -> {}
                default -> {}
            }
        }
    }

    private void groups(Targets targets, int size) {
        for (int start = 0; start + size <= targets.size(); start += size) {
            raise(targets, start, start + size, 1);
        }
    }

    private void products(Targets targets) {
        for (PauliProduct product : PauliProduct.split("MPP", targets)) {
            raise(product.letters(), 0, product.letters().size(), 1);
        }
    }

    private void align(Targets targets) {
        raise(targets, 0, targets.size(), 0);
    }

    private void raise(Targets targets, int from, int to, long by) {
        long top = 0;
        for (int k = from; k < to; k++) {
            if (Target.touchesQubit(targets.get(k))) {
                top = Math.max(top, levels[targets.value(k)]);
            }
        }
        for (int k = from; k < to; k++) {
            if (Target.touchesQubit(targets.get(k))) {
                levels[targets.value(k)] = top + by;
            }
        }
    }

    private void branches(Conditional conditional) {
        long[] before = levels.clone();
        walk(conditional.then());
        long[] taken = levels.clone();
        System.arraycopy(before, 0, levels, 0, levels.length);
        walk(conditional.otherwise());
        for (int q = 0; q < levels.length; q++) {
            levels[q] = Math.max(levels[q], taken[q]);
        }
    }

    private record Round(long number, long[] levels) {}

    private void repeat(Repeat repeat) {
        int[] component = Connectivity.of(repeat.body(), levels.length);
        Map<Integer, Round> seen = new HashMap<>();
        for (long done = 0; done < repeat.count(); done++) {
            Round earlier = seen.get(shape(component));
            if (earlier != null && shifted(earlier.levels, component)) {
                long period = done - earlier.number;
                long rounds = (repeat.count() - done) / period;
                for (int q = 0; q < levels.length; q++) {
                    levels[q] += rounds * (levels[q] - earlier.levels[q]);
                }
                for (long left = (repeat.count() - done) % period; left > 0; left--) {
                    walk(repeat.body());
                }
                return;
            }
            seen.put(shape(component), new Round(done, levels.clone()));
            walk(repeat.body());
        }
    }

    /** A hash of the levels relative to the lowest one of each component. */
    private int shape(int[] component) {
        long[] lowest = new long[levels.length];
        Arrays.fill(lowest, Long.MAX_VALUE);
        for (int q = 0; q < levels.length; q++) {
            lowest[component[q]] = Math.min(lowest[component[q]], levels[q]);
        }
        int shape = 1;
        for (int q = 0; q < levels.length; q++) {
            shape = 31 * shape + Long.hashCode(levels[q] - lowest[component[q]]);
        }
        return shape;
    }

    /** Whether the qubits of each component all rose by the same amount since the earlier round. */
    private boolean shifted(long[] earlier, int[] component) {
        for (int q = 0; q < levels.length; q++) {
            int c = component[q];
            if (levels[q] - earlier[q] != levels[c] - earlier[c]) {
                return false;
            }
        }
        return true;
    }
}
