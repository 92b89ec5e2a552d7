package org.jaket.circuit.qasm;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.jaket.circuit.ParseException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * OpenQASM 2 and 3: reading and writing.
 *
 * <p>The version line decides; without one, qreg, creg, opaque and qelib1.inc mean version 2,
 * everything else version 3. qelib1.inc (as Qiskit has it) and stdgates.inc are built in.
 *
 * <p>Of OpenQASM 3 everything is read that a simulator can give a meaning: what is known before the
 * circuit runs is computed while reading, what depends on measurements becomes part of the circuit.
 * Inputs of type float and angle become {@linkplain org.jaket.circuit.expression.Parameter
 * parameters}. Pulse calibrations parse and are refused when they would have to be executed. A time
 * step {@code dt} counts as one nanosecond, an open {@code stretch} as zero.
 *
 * <p>Limits: values of up to 64 bits (bit registers of any length up to 2<sup>24</sup> bits in
 * all); expressions up to 400 operators deep; statements nested up to 200 deep, gate definitions up
 * to 500; gates with up to 64 modifiers; beyond one for each character of the text, 2 million
 * operations after unrolling and 5 million statements executed while reading; arrays of
 * 2<sup>20</sup> elements; includes 32 deep, 1000 files and 256 MiB together.
 */
public final class OpenQasm {
    private OpenQasm() {}

    /**
     * Reads a circuit.
     *
     * @throws ParseException with position and hint
     */
    public static Circuit parse(String text) {
        return parse("program", text);
    }

    /**
     * Reads a circuit.
     *
     * @param source the name of the text in messages
     * @throws ParseException with position and hint
     */
    public static Circuit parse(String source, String text) {
        return parse(source, text, Map.of());
    }

    /**
     * Reads a circuit with values for some of its inputs.
     *
     * @param inputs values by name; inputs of type float and angle may stay open
     * @throws ParseException with position and hint
     */
    public static Circuit parse(String source, String text, Map<String, Double> inputs) {
        return Translator.circuit(
                Parser.parse(new Source(source, text), new Includes(null), 0), inputs);
    }

    /** Reads a file; includes are looked for beside it. */
    public static Circuit read(Path file) throws IOException {
        return read(file, Map.of());
    }

    /**
     * Reads a file with values for some of its inputs; includes are looked for beside it.
     *
     * @throws ParseException with position and hint
     */
    public static Circuit read(Path file, Map<String, Double> inputs) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        var source = new Source(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        return Translator.circuit(Parser.parse(source, new Includes(folder), 0), inputs);
    }

    /**
     * An error at the first statement that gives an operation: for refusals of circuits that were
     * read.
     *
     * @param source the name of the text in messages
     * @param folder where includes are looked for, or null
     * @param inputs the values that the text was read with
     * @param operation an operation of the circuit, blocks inside included
     * @param problem what is wrong with it
     * @return null if no statement gives it
     * @throws ParseException if the text is no circuit
     */
    public static @Nullable ParseException errorAt(
            String source,
            String text,
            @Nullable Path folder,
            Map<String, Double> inputs,
            Operation operation,
            String problem) {
        Program program = Parser.parse(new Source(source, text), new Includes(folder), 0);
        return Translator.at(program, inputs, operation, problem);
    }

    /**
     * Checks the form of a text without asking what it means.
     *
     * @throws org.jaket.circuit.ParseException where it is not OpenQASM
     */
    public static void checkForm(String source, String text) {
        Parser.parse(new Source(source, text), new Includes(null), 0);
    }

    /**
     * OpenQASM 2 text. Reading it gives an equal circuit, except for what the language has no words
     * for: tags are left out, repeats unrolled, branches on constants decided, and names that are
     * not OpenQASM 2 identifiers replaced by ones that resemble them.
     *
     * @throws org.jaket.circuit.CircuitException naming an operation that OpenQASM 2 does not have:
     *     noise, detectors and other operations of Stim, classical variables, loops, conditions
     *     other than {@code register == number} before a single gate, powers, matrices and most
     *     controlled gates, open parameters
     */
    public static String print2(Circuit circuit) {
        return Writer.print(circuit, 2);
    }

    /**
     * OpenQASM 3 text. Reading it gives an equal circuit, in the form that {@link
     * org.jaket.circuit.BlockBuilder} gives it: equal neighbours fused, operations without targets
     * and blocks without operations left out, branches on constants decided, gates in their
     * plainest shape.
     *
     * <p>What the language has no words for is said in annotations and pragmas that other readers
     * pass over: names that are not identifiers ({@code @jaket.name}, {@code @jaket.parameters}),
     * variables that are part of the circuit from the start ({@code @jaket.variable}), tags ({@code
     * @jaket.tag}), gates given by matrices ({@code pragma jaket.unitary}).
     *
     * @throws org.jaket.circuit.CircuitException naming an operation that OpenQASM does not have:
     *     noise, detectors, ticks, coordinates and measurements other than of Z (Stim's text has
     *     them), expressions that look back into the measurement record or choose between values
     */
    public static String print3(Circuit circuit) {
        return Writer.print(circuit, 3);
    }
}
