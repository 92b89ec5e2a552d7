package org.jaket.circuit.link;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.MeasurementKind;
import org.jaket.circuit.NoiseOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;
import org.jaket.circuit.stim.Stim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links to Crumble, the editor of stabiliser circuits at algassert.com/crumble. */
public final class CrumbleLink {
    private static final String SITE = "https://algassert.com/crumble#circuit=";

    /** Crumble's short names. */
    private static final Map<String, String> SHORT =
            Map.of("DETECTOR", "DT", "QUBIT_COORDS", "Q", "OBSERVABLE_INCLUDE", "OI");

    /** A line of Stim text: name, tag, arguments, targets. */
    private static final Pattern LINE =
            Pattern.compile("(\\w+)(?:\\[[^\\]]*\\])?(\\([^)]*\\))?(?: (.*))?");

    private final boolean withDetectors;
    private final StringBuilder link = new StringBuilder(SITE);

    private CrumbleLink(boolean withDetectors) {
        this.withDetectors = withDetectors;
    }

    /**
     * A link that opens the circuit in Crumble. Tags are left out.
     *
     * @param withDetectors whether detectors come along; a large circuit is faster without
     * @throws org.jaket.circuit.CircuitException naming the first operation that Stim's language
     *     has no word for
     */
    public static String of(Circuit circuit, boolean withDetectors) {
        return of(circuit, withDetectors, List.of());
    }

    /**
     * A link that opens the circuit with errors marked in it, each between ticks of its own before
     * the operation that it comes from. Turns of loops in which there are marks are written out,
     * the others stay folded. (Stim 1.17 loses the marks in loops, by following paths from their
     * ends.)
     *
     * @param withDetectors whether detectors come along
     * @param marks in the order in which those before the same operation are written
     * @throws org.jaket.circuit.CircuitException naming the first operation that Stim's language
     *     has no word for
     * @throws IllegalArgumentException if a mark's path leads nowhere
     */
    public static String of(Circuit circuit, boolean withDetectors, List<CrumbleMark> marks) {
        var writer = new CrumbleLink(withDetectors);
        writer.block(circuit.body(), marks);
        // Some programs lose the last character of a link.
        return writer.link.append('_').toString();
    }

    private void block(Block block, List<CrumbleMark> marks) {
        List<Operation> operations = block.operations();
        for (CrumbleMark mark : marks) {
            if (mark.path().getFirst().index() >= operations.size()) {
                throw new IllegalArgumentException("there is no operation at the place of " + mark);
            }
        }
        for (int k = 0; k < operations.size(); k++) {
            int index = k;
            Operation operation = operations.get(k);
            List<CrumbleMark> active =
                    marks.stream().filter(m -> m.path().getFirst().index() == index).toList();
            List<CrumbleMark> here = active.stream().filter(m -> m.path().size() == 1).toList();
            marks(here);
            if (operation instanceof Detector && !withDetectors) {
                continue;
            }
            if (k > 0 || !here.isEmpty()) {
                link.append(';');
            }
            if (operation instanceof Repeat r) {
                loop(r, active.stream().filter(m -> m.path().size() > 1).toList());
            } else if (operation instanceof Conditional c) {
                throw new CircuitException(c, "has no form in Crumble, which knows no branches");
            } else if (isUnknown(operation)) {
                throw new CircuitException(
                        operation, "has no place in Crumble. Maybe remove the noise first");
            } else {
                line(Stim.print(Circuit.of(Block.of(List.of(operation)))).strip());
            }
        }
    }

    /** Whether an operation is none of those that Stim's language has in common with ours. */
    private static boolean isUnknown(Operation operation) {
        return operation instanceof NoiseOperation n && n.noise().movesQubits()
                || operation instanceof Measurement m && m.kind() == MeasurementKind.MABSENT;
    }

    private void marks(List<CrumbleMark> here) {
        if (here.isEmpty()) {
            return;
        }
        link.append(link.charAt(link.length() - 1) == ';' ? "TICK" : ";TICK");
        for (CrumbleMark mark : here) {
            for (int k = 0; k < mark.letters().size(); k++) {
                link.append(";MARK").append(Target.pauli(mark.letters().get(k)));
                link.append('(').append(mark.number()).append(')').append(mark.letters().value(k));
            }
        }
        link.append(";TICK");
    }

    /** A loop: the turns between those that have marks are folded. */
    private void loop(Repeat loop, List<CrumbleMark> marks) {
        NavigableMap<Long, List<CrumbleMark>> turns = new TreeMap<>();
        for (CrumbleMark mark : marks) {
            CrumbleMark inside = mark.inside();
            turns.computeIfAbsent(inside.path().getFirst().turn(), t -> new ArrayList<>())
                    .add(inside);
        }
        if (!turns.isEmpty() && (turns.firstKey() < 0 || turns.lastKey() >= loop.count())) {
            throw new IllegalArgumentException(
                    "a mark is in a turn that the loop of %d does not have"
                            .formatted(loop.count()));
        }
        long done = 0;
        String between = "";
        for (Map.Entry<Long, List<CrumbleMark>> turn : turns.entrySet()) {
            if (turn.getKey() > done) {
                link.append(between);
                folded(turn.getKey() - done, loop.body());
                between = ";";
            }
            link.append(between);
            block(loop.body(), turn.getValue());
            between = ";";
            done = turn.getKey() + 1;
        }
        if (done < loop.count()) {
            link.append(between);
            folded(loop.count() - done, loop.body());
        }
    }

    private void folded(long count, Block body) {
        link.append("REPEAT_").append(count).append("_{;");
        block(body, List.of());
        link.append(";}");
    }

    private void line(String text) {
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            // Barriers and global phases have no text.
            return;
        }
        String name = matcher.group(1);
        String arguments = matcher.group(2);
        String targets = matcher.group(3);
        link.append(SHORT.getOrDefault(name, name));
        if (arguments != null) {
            link.append(arguments.replace(" ", ""));
        }
        if (targets != null) {
            link.append(arguments == null ? "_" : "").append(targets.replace(' ', '_'));
        }
    }
}
