package org.jaket.circuit.stim;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stim's circuit language: all instructions of Stim 1.17, with tags, fusion of neighbours, REPEAT
 * blocks, rec, sweep and Pauli targets.
 *
 * <p>One thing goes beyond Stim, which refuses it: blocks that run if the sum of some results is
 * odd, {@code IF rec[-1] rec[-3] { ... } ELSE { ... }}. They hold gates, noise, measurements,
 * resets, and blocks of such, and both record equally many results ({@code MPAD 0} fills up the
 * shorter one).
 *
 * <p>Limits: {@link #MAX_NESTING} blocks inside each other; qubits, look-backs and sweep bits below
 * 2<sup>24</sup>; counts (repetitions, results, detectors) below 2<sup>63</sup>.
 */
public final class Stim {
    /** How deep blocks may be nested. */
    public static final int MAX_NESTING = 256;

    private Stim() {}

    /**
     * Reads a circuit. It has as many qubits as the text uses.
     *
     * @throws ParseException with position and hint
     */
    public static Circuit parse(String text) {
        return parse("circuit", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a circuit.
     *
     * @param source the name of the text in messages
     * @param text UTF-8
     * @throws ParseException with position and hint
     */
    public static Circuit parse(String source, byte[] text) {
        return Circuit.of(CircuitReader.read(source, text));
    }

    /**
     * An error at the first place where an operation stands in a text: for refusals of circuits
     * that were read from it.
     *
     * @param source the name of the text in messages
     * @param text UTF-8
     * @param operation an operation of the circuit, blocks inside included
     * @param problem what is wrong with it
     * @return null if the operation does not stand in the text
     * @throws ParseException if the text is no circuit
     */
    public static @Nullable ParseException errorAt(
            String source, byte[] text, Operation operation, String problem) {
        return CircuitReader.at(source, text, operation, problem);
    }

    /**
     * Reads a file.
     *
     * @throws ParseException with position and hint
     */
    public static Circuit read(Path file) throws IOException {
        return parse(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Stim text; a line end after every line. What a measurement stores in classical bits is left
     * out, and barriers too, since both mean nothing to Stim.
     *
     * @throws org.jaket.circuit.CircuitException naming the first operation that Stim has no word
     *     for
     */
    public static String print(Circuit circuit) {
        return CircuitWriter.write(circuit.body());
    }
}
