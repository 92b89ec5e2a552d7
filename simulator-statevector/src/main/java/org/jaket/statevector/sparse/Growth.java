package org.jaket.statevector.sparse;

import org.jaket.circuit.Block;
import org.jaket.circuit.ChannelOperation;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.ControlledGate;
import org.jaket.circuit.gate.DefinedGate;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.MatrixGate;
import org.jaket.circuit.gate.PowerGate;
import org.jaket.circuit.gate.StandardGate;

import java.util.Arrays;
import java.util.List;

/** By how many powers of two operations can multiply the number of amplitudes, at most. */
final class Growth {
    /** Stands for parameters that are not known; no gate is simpler at it than elsewhere. */
    private static final double ANY_ANGLE = 0.7;

    private Growth() {}

    /** Of a block, repeats unfolded, both branches of conditionals counted. */
    static double of(Block block) {
        double sum = 0;
        for (Operation operation : block.operations()) {
            double inside = 0;
            for (Block inner : operation.blocks()) {
                inside += of(inner);
            }
            sum += operation instanceof Repeat r ? r.count() * inside : inside;
            sum += itself(operation);
        }
        return sum;
    }

    private static double itself(Operation operation) {
        return switch (operation) {
            case GateOperation g -> (double) g.applications() * of(g.gate(), values(g));
            case PauliRotation p -> products(PauliRotation.NAME, p.targets());
            case PauliPhase p -> products("SPP", p.targets());
            case Measurement m -> m.products().stream().filter(p -> branches(p.letters())).count();
            case Reset r -> r.basis() == Pauli.Z ? 0 : r.targets().size();
            case ChannelOperation c -> c.targets().size();
            default -> 0;
        };
    }

    private static double[] values(GateOperation g) {
        if (g.isBound()) {
            return g.values();
        }
        double[] values = new double[g.parameters().size()];
        Arrays.fill(values, ANY_ANGLE);
        return values;
    }

    private static double products(String name, Targets targets) {
        List<PauliProduct> products = PauliProduct.split(name, targets);
        return products.stream().filter(p -> branches(p.letters())).count();
    }

    private static boolean branches(Targets letters) {
        return letters.stream().anyMatch(t -> Target.pauli(t).hasX());
    }

    private static double of(Gate gate, double[] values) {
        return switch (gate) {
            case ControlledGate c -> of(c.base(), values);
            case StandardGate named when named.uncontrolled() != null ->
                    of(named.uncontrolled(), values);
            case StandardGate s -> isMonomial(s.matrix(values)) ? 0 : s.qubits();
            case MatrixGate m -> isMonomial(m.matrix(values)) ? 0 : m.qubits();
            // A power of a permutation with phases that is no whole one need not be one.
            case PowerGate p when p.exponent() == Math.rint(p.exponent()) ->
                    Math.abs(p.exponent()) * of(p.base(), values);
            case PowerGate p -> p.qubits();
            case DefinedGate d -> {
                double sum = 0;
                for (Operation inner : d.body(expressions(values)).operations()) {
                    sum += of(Block.of(List.of(inner)));
                }
                yield sum;
            }
        };
    }

    private static List<org.jaket.circuit.expression.Expression> expressions(double[] values) {
        return Arrays.stream(values).mapToObj(org.jaket.circuit.expression.Expression::of).toList();
    }

    private static boolean isMonomial(ComplexMatrix m) {
        for (int column = 0; column < m.columns(); column++) {
            int entries = 0;
            for (int row = 0; row < m.rows(); row++) {
                entries += m.re(row, column) != 0 || m.im(row, column) != 0 ? 1 : 0;
            }
            if (entries != 1) {
                return false;
            }
        }
        return true;
    }
}
