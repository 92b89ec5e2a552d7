package org.jaket.circuit.qasm;

import org.jaket.circuit.Circuit;

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
 * all); expressions up to 400 operators deep; statements nested up to 200 deep; 20 million
 * operations after unrolling; 50 million statements executed while reading; arrays of
 * 2<sup>20</sup> elements; includes 32 deep and 256 MiB together.
 */
public final class OpenQasm {
    private OpenQasm() {}

    /**
     * Reads a circuit.
     *
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    public static Circuit parse(String text) {
        return parse("program", text);
    }

    /**
     * Reads a circuit.
     *
     * @param source the name of the text in messages
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    public static Circuit parse(String source, String text) {
        return parse(source, text, Map.of());
    }

    /**
     * Reads a circuit with values for some of its inputs.
     *
     * @param inputs values by name; inputs of type float and angle may stay open
     * @throws org.jaket.circuit.ParseException with position and hint
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
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    public static Circuit read(Path file, Map<String, Double> inputs) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        var source = new Source(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        return Translator.circuit(Parser.parse(source, new Includes(folder), 0), inputs);
    }

    /**
     * Checks the form of a text without asking what it means.
     *
     * @throws org.jaket.circuit.ParseException where it is not OpenQASM
     */
    public static void checkForm(String source, String text) {
        Parser.parse(new Source(source, text), new Includes(null), 0);
    }

    /** OpenQASM 2 text. */
    public static String print2(Circuit circuit) {
        throw new UnsupportedOperationException(circuit.toString());
    }

    /** OpenQASM 3 text. */
    public static String print3(Circuit circuit) {
        throw new UnsupportedOperationException(circuit.toString());
    }
}
