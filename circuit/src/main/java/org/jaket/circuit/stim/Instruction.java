package org.jaket.circuit.stim;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Detector;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.ObservableInclude;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.QubitCoordinates;
import org.jaket.circuit.Reset;
import org.jaket.circuit.ShiftCoordinates;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.circuit.noise.Noise;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the words of Stim's language become operations: the tables of gates, noise and measurements,
 * and a few more.
 */
@FunctionalInterface
interface Instruction {
    /** The word that opens a block. */
    String REPEAT = "REPEAT";

    /**
     * The operation.
     *
     * @throws CircuitException if arguments or targets do not fit
     */
    Operation operation(List<Double> arguments, Targets targets, String tag);

    /** The instruction of the given name in upper case, or null. */
    static @Nullable Instruction of(String name) {
        return Table.BY_NAME.get(name);
    }

    /** A known name that is close to an unknown one, as a hint, or null. */
    static @Nullable String suggestion(String unknown) {
        return ParseException.hint(unknown, Table.BY_NAME.keySet());
    }

    /** The words and what they mean. */
    final class Table {
        private static final Map<String, Instruction> BY_NAME = new HashMap<>();

        static {
            for (StandardGate gate : StandardGate.values()) {
                put(
                        gate.stimNames(),
                        (arguments, targets, tag) -> {
                            none(gate.name(), arguments);
                            StandardGate tagged = Extensions.tagged(gate, tag);
                            return tagged == null
                                    ? new GateOperation(gate, List.of(), targets, tag)
                                    : new GateOperation(tagged, List.of(), targets, "");
                        });
            }
            for (Noise noise : Noise.values()) {
                put(
                        noise.stimNames(),
                        (arguments, targets, tag) ->
                                new NoiseOperation(noise, arguments, targets, tag));
            }
            for (MeasurementKind kind : MeasurementKind.values()) {
                put(
                        kind.stimNames(),
                        (arguments, targets, tag) -> {
                            String name = kind.stimNames().getFirst();
                            if (arguments.size() > 1) {
                                throw new CircuitException(
                                        name
                                                + ": takes at most one argument, got "
                                                + arguments.size());
                            }
                            double p = arguments.isEmpty() ? 0 : arguments.getFirst();
                            return new Measurement(
                                    kind, p, !arguments.isEmpty(), targets, Targets.none(), tag);
                        });
            }
            for (Pauli basis : List.of(Pauli.Z, Pauli.X, Pauli.Y)) {
                List<String> names = basis == Pauli.Z ? List.of("R", "RZ") : List.of("R" + basis);
                put(
                        names,
                        (arguments, targets, tag) -> {
                            none(names.getFirst(), arguments);
                            return new Reset(basis, targets, tag);
                        });
            }
            for (boolean dagger : new boolean[] {false, true}) {
                String name = dagger ? "SPP_DAG" : "SPP";
                put(
                        List.of(name),
                        (arguments, targets, tag) -> {
                            none(name, arguments);
                            return new PauliPhase(dagger, targets, tag);
                        });
            }
            Extensions.addTo(BY_NAME);
            put(List.of("DETECTOR"), Detector::new);
            put(List.of("QUBIT_COORDS"), QubitCoordinates::new);
            put(
                    List.of("OBSERVABLE_INCLUDE"),
                    (arguments, targets, tag) -> {
                        if (arguments.size() != 1
                                || arguments.getFirst() < 0
                                || arguments.getFirst() != Math.rint(arguments.getFirst())
                                || arguments.getFirst() > Integer.MAX_VALUE - 1) {
                            throw new CircuitException(
                                    "OBSERVABLE_INCLUDE: takes one argument, the observable's index");
                        }
                        return new ObservableInclude(arguments.getFirst().intValue(), targets, tag);
                    });
            put(
                    List.of("SHIFT_COORDS"),
                    (arguments, targets, tag) -> {
                        noTargets("SHIFT_COORDS", targets);
                        return new ShiftCoordinates(arguments, tag);
                    });
            put(
                    List.of("TICK"),
                    (arguments, targets, tag) -> {
                        none("TICK", arguments);
                        noTargets("TICK", targets);
                        return new Tick(tag);
                    });
        }

        private Table() {}

        private static void put(List<String> names, Instruction instruction) {
            names.forEach(name -> BY_NAME.put(name, instruction));
        }

        private static void none(String name, List<Double> arguments) {
            if (!arguments.isEmpty()) {
                throw new CircuitException(name + ": takes no arguments, got " + arguments.size());
            }
        }

        private static void noTargets(String name, Targets targets) {
            if (!targets.isEmpty()) {
                throw new CircuitException(name + ": takes no targets, got " + targets.size());
            }
        }
    }
}
