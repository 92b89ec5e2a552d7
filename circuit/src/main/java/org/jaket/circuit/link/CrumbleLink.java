package org.jaket.circuit.link;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Detector;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.stim.Stim;

import java.util.List;
import java.util.Map;
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
        var writer = new CrumbleLink(withDetectors);
        writer.block(circuit.body());
        // Some programs lose the last character of a link.
        return writer.link.append('_').toString();
    }

    private void block(Block block) {
        List<Operation> operations = block.operations();
        for (int k = 0; k < operations.size(); k++) {
            Operation operation = operations.get(k);
            if (operation instanceof Detector && !withDetectors) {
                continue;
            }
            if (k > 0) {
                link.append(';');
            }
            if (operation instanceof Repeat r) {
                link.append("REPEAT_").append(r.count()).append("_{;");
                block(r.body());
                link.append(";}");
            } else if (operation instanceof Conditional c) {
                throw new CircuitException(c, "has no form in Crumble, which knows no branches");
            } else {
                line(Stim.print(Circuit.of(Block.of(List.of(operation)))).strip());
            }
        }
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
