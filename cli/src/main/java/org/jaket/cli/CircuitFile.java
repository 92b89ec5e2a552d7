package org.jaket.cli;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.qasm.OpenQasm;
import org.jaket.circuit.stim.Stim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads circuits from files or standard input, in the language that the name's ending or the
 * content says.
 */
final class CircuitFile {
    /** The largest text that is read. */
    static final long MAX_BYTES = 1L << 30;

    /** Texts up to this length are kept, to say where something stands in them. */
    private static final int MAX_KEPT = 64 << 20;

    /**
     * Words that no Stim text starts a line with, and every OpenQASM program has; comments may be
     * in front of them.
     */
    private static final Pattern QASM =
            Pattern.compile(
                    "(?m)^\\s*(?:/\\*[^\n]*?\\*/)?\\s*(OPENQASM\\b|include\\s*\"|qreg\\b|creg\\b|qubit\\b|bit\\b|gate\\s+\\w|input\\b|const\\b|def\\b)");

    private CircuitFile() {}

    /**
     * Reads a circuit.
     *
     * @param name a file, or {@code -} for standard input
     * @throws org.jaket.circuit.ParseException with position and hint
     */
    static Circuit read(String name) throws IOException {
        return read(name, Map.of());
    }

    /** Reads a circuit with values for inputs of OpenQASM 3. */
    static Circuit read(String name, Map<String, Double> inputs) throws IOException {
        if (name.equals("-")) {
            return parse("stdin", bounded("standard input", System.in), "", inputs);
        }
        Path file = Path.of(name);
        if (Files.isDirectory(file)) {
            throw new IOException(name + " is a folder, not a circuit");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(
                    name
                            + " has "
                            + Files.size(file)
                            + " bytes; circuits of up to "
                            + MAX_BYTES
                            + " are read");
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (ending.equals("qasm")
                || ending.equals("qasm2")
                || ending.equals("qasm3")
                || ending.equals("inc")) {
            try {
                Path folder = file.toAbsolutePath().getParent();
                ReadTexts.add(
                        (operation, problem) ->
                                OpenQasm.errorAt(
                                        name,
                                        Files.readString(file),
                                        folder,
                                        inputs,
                                        operation,
                                        problem));
                return OpenQasm.read(file, inputs);
            } catch (CharacterCodingException e) {
                throw new IOException(name + " is not a text in UTF-8", e);
            }
        }
        return parse(name, Files.readAllBytes(file), ending, inputs);
    }

    /** The text of a file, or of standard input for {@code -}, up to the limit. */
    static byte[] bytes(String name) throws IOException {
        if (name.equals("-")) {
            return bounded("standard input", System.in);
        }
        try (InputStream file = Files.newInputStream(Path.of(name))) {
            return bounded(name, file);
        }
    }

    /** The circuit that a text is, in the language that its name's ending or the content says. */
    static Circuit parse(String name, byte[] text) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return parse(name.equals("-") ? "stdin" : name, text, ending, Map.of());
    }

    /** Everything that a stream has, up to the limit. */
    static byte[] bounded(String what, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException(what + " has more than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }

    private static Circuit parse(
            String source, byte[] bytes, String ending, Map<String, Double> inputs) {
        if (!ending.equals("stim")) {
            String head =
                    new String(bytes, 0, Math.min(bytes.length, 1 << 16), StandardCharsets.UTF_8);
            if (QASM.matcher(head).find()) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                if (bytes.length <= MAX_KEPT) {
                    ReadTexts.add(
                            (operation, problem) ->
                                    OpenQasm.errorAt(
                                            source, text, null, inputs, operation, problem));
                }
                return OpenQasm.parse(source, text, inputs);
            }
        }
        if (bytes.length <= MAX_KEPT) {
            ReadTexts.add((operation, problem) -> Stim.errorAt(source, bytes, operation, problem));
        }
        return Stim.parse(source, bytes);
    }
}
