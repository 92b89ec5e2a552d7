package org.jaket.circuit.link;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.PauliPhase;
import org.jaket.circuit.PauliProduct;
import org.jaket.circuit.PauliRotation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.Target;
import org.jaket.circuit.Targets;
import org.jaket.circuit.Tick;
import org.jaket.circuit.gate.ComplexMatrix;
import org.jaket.circuit.gate.StandardGate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Links to Quirk, the drag-and-drop simulator of small circuits at algassert.com/quirk. Quirk shows
 * 16 qubits and knows no noise, feedback and detectors: these are left out.
 */
public final class QuirkLink {
    private static final String SITE = "https://algassert.com/quirk#circuit=";

    /** The most columns of a link. */
    private static final int MAX_COLUMNS = 1_000_000;

    /** The most qubits that Quirk shows. */
    private static final int QUIRK_QUBITS = 16;

    /** Columns of one step: something before, the gate, something after. */
    private static final int STEP = 3;

    private final int qubits;
    private final TreeMap<Integer, TreeMap<Integer, String>> columns = new TreeMap<>();
    private final Set<StandardGate> defined = EnumSet.noneOf(StandardGate.class);
    private int at;

    private QuirkLink(int qubits) {
        this.qubits = qubits;
    }

    /**
     * A link that opens the circuit in Quirk, repeats unfolded.
     *
     * @throws CircuitException naming the first operation that cannot be shown: gates that Stim's
     *     language has no word for, branches, and circuits of more than a million columns
     */
    public static String of(Circuit circuit) {
        var link = new QuirkLink(circuit.qubits());
        link.block(circuit.body());
        return SITE + link.json();
    }

    private void block(Block block) {
        for (Operation operation : block.operations()) {
            if (at > MAX_COLUMNS) {
                throw new CircuitException("the circuit is too long to be a link");
            }
            switch (operation) {
                case Repeat r -> {
                    for (long k = 0; k < r.count(); k++) {
                        block(r.body());
                    }
                }
                case Tick t -> at += STEP;
                case GateOperation g -> gate(g);
                case PauliPhase p -> {
                    for (PauliProduct product : PauliProduct.split("SPP", p.targets())) {
                        phase(product.letters(), p.dagger() != product.negative());
                    }
                }
                case Reset r -> {
                    for (int k = 0; k < r.targets().size(); k++) {
                        collapse(r.basis(), true, r.targets().value(k));
                    }
                }
                case Measurement m -> measurement(m);
                default -> {
                    if (!operation.blocks().isEmpty() || operation instanceof PauliRotation) {
                        throw new CircuitException(operation, "cannot be shown in Quirk");
                    }
                }
            }
        }
    }

    private void put(int column, int qubit, String mark) {
        columns.computeIfAbsent(column, c -> new TreeMap<>()).put(qubit, mark);
    }

    /** Moves on if the qubit is in use in this step. */
    private void makeRoom(int qubit) {
        for (int c = at; c < at + STEP; c++) {
            if (columns.getOrDefault(c, new TreeMap<>()).containsKey(qubit)) {
                at += STEP;
                return;
            }
        }
    }

    private void gate(GateOperation g) {
        if (!(g.gate() instanceof StandardGate gate) || gate.stimNames().isEmpty()) {
            throw new CircuitException(
                    g, "cannot be shown in Quirk, only gates of Stim's language");
        }
        Targets targets = g.targets();
        for (int k = 0; k < targets.size(); k += gate.qubits()) {
            if (gate.qubits() == 1) {
                int q = targets.value(k);
                makeRoom(q);
                put(at + 1, q, mark(gate));
            } else if (Target.isQubit(targets.get(k)) && Target.isQubit(targets.get(k + 1))) {
                pair(gate, targets.value(k), targets.value(k + 1));
            }
        }
    }

    private String mark(StandardGate gate) {
        return switch (gate) {
            case H, X, Y, Z -> gate.name();
            case I -> "…";
            case S -> "Z^½";
            case S_DAG -> "Z^-½";
            case SQRT_X -> "X^½";
            case SQRT_X_DAG -> "X^-½";
            case SQRT_Y -> "Y^½";
            case SQRT_Y_DAG -> "Y^-½";
            default -> {
                defined.add(gate);
                yield "~" + ownName(gate);
            }
        };
    }

    private static String ownName(StandardGate gate) {
        String[] parts = gate.name().split("_");
        return parts[0] + parts[1].toLowerCase(java.util.Locale.ROOT);
    }

    private void pair(StandardGate gate, int a, int b) {
        if (gate == StandardGate.II) {
            return;
        }
        switch (gate) {
            case SQRT_XX, SQRT_XX_DAG -> phase(pairOf(Pauli.X, a, b), isDagger(gate));
            case SQRT_YY, SQRT_YY_DAG -> phase(pairOf(Pauli.Y, a, b), isDagger(gate));
            case SQRT_ZZ, SQRT_ZZ_DAG -> phase(pairOf(Pauli.Z, a, b), isDagger(gate));
            case ISWAP, ISWAP_DAG -> {
                both(a, "Swap", b, "Swap");
                phase(pairOf(Pauli.Z, a, b), isDagger(gate));
            }
            case SWAP -> both(a, "Swap", b, "Swap");
            case CXSWAP -> {
                both(a, "Swap", b, "Swap");
                both(a, "⊖", b, "Z");
            }
            case SWAPCX -> {
                both(a, "Swap", b, "Swap");
                both(a, "•", b, "X");
            }
            case CZSWAP -> {
                both(a, "Swap", b, "Swap");
                both(a, "•", b, "Z");
            }
            case CX -> both(a, "•", b, "X");
            case CY -> both(a, "•", b, "Y");
            case CZ -> both(a, "•", b, "Z");
            case XCX -> both(a, "⊖", b, "X");
            case XCY -> both(a, "⊖", b, "Y");
            case XCZ -> both(a, "⊖", b, "Z");
            case YCX -> both(a, "(/)", b, "X");
            case YCY -> both(a, "(/)", b, "Y");
            case YCZ -> both(a, "(/)", b, "Z");
            default -> throw new AssertionError(gate);
        }
    }

    private static boolean isDagger(StandardGate gate) {
        return gate.name().endsWith("_DAG");
    }

    private static Targets pairOf(Pauli letter, int a, int b) {
        return Targets.of(Target.pauli(letter, a), Target.pauli(letter, b));
    }

    /** A gate that has a step to itself: Quirk's controls act on whole columns. */
    private void both(int a, String markA, int b, String markB) {
        at += STEP;
        put(at, a, markA);
        put(at, b, markB);
        at += STEP;
    }

    private void parity(int column, Targets letters) {
        for (int k = 0; k < letters.size(); k++) {
            String mark =
                    switch (Target.pauli(letters.get(k))) {
                        case X -> "xpar";
                        case Y -> "ypar";
                        default -> "zpar";
                    };
            put(column, letters.value(k), mark);
        }
    }

    /** A phase i where the parity is odd, on a qubit that is not one of them. */
    private void phase(Targets letters, boolean dagger) {
        at += STEP;
        parity(at, letters);
        put(at, spare(letters), dagger ? "-i" : "i");
        at += STEP;
    }

    private int spare(Targets letters) {
        if (qubits < QUIRK_QUBITS) {
            return qubits;
        }
        int q = 0;
        while (contains(letters, q)) {
            q++;
        }
        return q;
    }

    private static boolean contains(Targets letters, int qubit) {
        return letters.stream().anyMatch(t -> Target.value(t) == qubit);
    }

    private void measurement(Measurement m) {
        if (m.kind() == MeasurementKind.MPAD || m.kind() == MeasurementKind.MABSENT) {
            return;
        }
        for (PauliProduct product : m.products()) {
            if (m.kind().qubits() == 1) {
                collapse(m.kind().basis(), m.kind().resets(), product.letters().value(0));
            } else if (!product.letters().isEmpty()) {
                measureParity(product.letters());
            }
        }
    }

    private void collapse(Pauli basis, boolean resets, int q) {
        makeRoom(q);
        if (!resets) {
            put(at + 1, q, basis + "Detector");
            return;
        }
        put(at, q, basis + "DetectControlReset");
        // Quirk resets to 0 whatever the basis.
        if (basis == Pauli.X) {
            put(at + 1, q, "H");
        } else if (basis == Pauli.Y) {
            put(at + 1, q, mark(StandardGate.H_YZ));
        }
    }

    private void measureParity(Targets letters) {
        at += STEP;
        parity(at, letters);
        if (qubits < QUIRK_QUBITS) {
            put(at, qubits, "X");
            put(at + 1, qubits, "ZDetectControlReset");
        } else {
            // The parity of the others is put on one of the qubits and taken back.
            parity(at + 2, letters);
            int q = letters.value(0);
            Pauli letter = Target.pauli(letters.get(0));
            String flip = letter == Pauli.X ? "Z" : "X";
            put(at, q, flip);
            put(at + 1, q, letter + "Detector");
            put(at + 2, q, flip);
        }
        at += STEP;
    }

    private String json() {
        String cols =
                columns.values().stream().map(QuirkLink::column).collect(Collectors.joining(","));
        String gates = defined.stream().map(QuirkLink::definition).collect(Collectors.joining(","));
        return "{\"cols\":["
                + cols
                + "]"
                + (gates.isEmpty() ? "" : ",\"gates\":[" + gates + "]")
                + "}";
    }

    private static String column(SortedMap<Integer, String> marks) {
        List<String> entries = new ArrayList<>(Collections.nCopies(marks.lastKey() + 1, "1"));
        marks.forEach((q, mark) -> entries.set(q, '"' + mark + '"'));
        return "[" + String.join(",", entries) + "]";
    }

    private static String definition(StandardGate gate) {
        ComplexMatrix m = gate.matrix();
        return "{\"id\":\"~%s\",\"name\":\"%s\",\"matrix\":\"{{%s,%s},{%s,%s}}\"}"
                .formatted(
                        ownName(gate),
                        ownName(gate),
                        entry(m, 0, 0),
                        entry(m, 0, 1),
                        entry(m, 1, 0),
                        entry(m, 1, 1));
    }

    private static String entry(ComplexMatrix m, int row, int column) {
        String re = number(m.re(row, column));
        String im = number(m.im(row, column));
        if (im.isEmpty()) {
            return re.isEmpty() ? "0" : re;
        }
        return re + (re.isEmpty() || im.startsWith("-") ? "" : "+") + im + "i";
    }

    /** Entries of the named Clifford gates are 0, 1/2 or the root of 1/2. */
    private static String number(double value) {
        double size = Math.abs(value);
        String digits = size < 0.1 ? "" : size < 0.6 ? "½" : size < 0.8 ? "√½" : "1";
        return value < -0.1 ? "-" + digits : digits;
    }
}
