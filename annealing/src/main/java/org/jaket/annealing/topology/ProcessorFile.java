package org.jaket.annealing.topology;

import org.jaket.annealing.file.ModelFileException;
import org.jaket.annealing.file.TextScanner;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads descriptions of processors: SAPI's JSON of a solver, or a list of couplers. */
final class ProcessorFile {
    /** Numbers of qubits are below it: real ones have some 6000. */
    private static final int MOST_QUBITS = 1 << 18;

    /** Bytes of JSON; a processor of 4600 qubits takes 0.7 million. */
    private static final long MAX_JSON = 1L << 28;

    /** So many blanks may stand before JSON. */
    private static final int WINDOW = 1 << 16;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxDocumentLength(MAX_JSON)
                                    .build())
                    .build();

    private final String source;
    private final JsonParser parser;

    private ProcessorFile(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    static HardwareGraph read(InputStream in, String source) throws IOException {
        InputStream buffered = new BufferedInputStream(in, WINDOW);
        buffered.mark(WINDOW);
        int first = ' ';
        for (int k = 0; k < WINDOW && first >= 0 && first <= ' '; k++) {
            first = buffered.read();
        }
        buffered.reset();
        try {
            return first == '{' || first == '[' ? json(buffered, source) : list(buffered, source);
        } catch (ModelFileException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // What only the topology knows: a coupler that it does not have.
            throw ModelFileException.of(source, String.valueOf(e.getMessage()));
        }
    }

    // ---- a list of couplers ---------------------------------------------------------------

    private static HardwareGraph list(InputStream in, String source) throws IOException {
        TextScanner scanner = new TextScanner(source, in);
        BitSet qubits = new BitSet();
        List<int[]> couplers = new ArrayList<>();
        while (scanner.nextRow('#', null)) {
            int a = scanner.integer("a qubit", 0, MOST_QUBITS - 1);
            qubits.set(a);
            if (scanner.hasMore()) {
                int b = scanner.integer("a qubit", 0, MOST_QUBITS - 1);
                if (a == b) {
                    throw scanner.error("qubit %d cannot be coupled to itself".formatted(a));
                }
                scanner.endRow();
                qubits.set(b);
                couplers.add(new int[] {a, b});
            }
        }
        if (qubits.isEmpty()) {
            throw ModelFileException.of(
                    source, "the file is empty: a line has the two qubits of a coupler");
        }
        return HardwareGraph.of(qubits.stream().toArray(), couplers);
    }

    // ---- SAPI's JSON ----------------------------------------------------------------------

    /** What a solver says about itself. */
    private static final class Solver {
        private int @Nullable [] qubits;
        private @Nullable List<int[]> couplers;
        private String family = "";
        private int[] shape = new int[0];
    }

    private static HardwareGraph json(InputStream in, String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            return new ProcessorFile(source, parser).graph();
        } catch (JacksonException e) {
            String problem = "this is not JSON: " + e.getOriginalMessage();
            TokenStreamLocation at = e.getLocation();
            throw at == null || at.getLineNr() < 1
                    ? ModelFileException.of(source, problem)
                    : ModelFileException.at(source, at.getLineNr(), at.getColumnNr(), problem);
        }
    }

    private HardwareGraph graph() {
        Solver found = null;
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            found = solver();
        } else {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(JsonToken.START_OBJECT, "a solver is an object {...}");
                Solver next = solver();
                if (next.qubits == null) {
                    continue;
                }
                if (found != null) {
                    throw error("the file describes several processors: leave one");
                }
                found = next;
            }
        }
        if (parser.nextToken() != null) {
            throw error("the file should end here");
        }
        if (found == null || found.qubits == null || found.couplers == null) {
            throw ModelFileException.of(
                    source,
                    "the file describes no processor: \"properties\" should have \"qubits\" and \"couplers\"");
        }
        Topology topology = topology(found);
        return topology == null
                ? HardwareGraph.of(found.qubits, found.couplers)
                : HardwareGraph.of(topology, found.qubits, found.couplers);
    }

    private Solver solver() {
        Solver solver = new Solver();
        members(solver);
        return solver;
    }

    /** Those of the solver and of its properties alike. */
    private void members(Solver solver) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "properties" -> {
                    expect(JsonToken.START_OBJECT, "\"properties\" should be an object {...}");
                    members(solver);
                }
                case "qubits" -> solver.qubits = integers("qubits", MOST_QUBITS - 1);
                case "couplers" -> solver.couplers = couplers();
                case "topology" -> describe(solver);
                default -> parser.skipChildren();
            }
        }
    }

    private void describe(Solver solver) {
        expect(JsonToken.START_OBJECT, "\"topology\" should be an object {...}");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "type" -> {
                    expect(JsonToken.VALUE_STRING, "the topology's type should be a string");
                    solver.family = parser.getString();
                }
                case "shape" -> solver.shape = integers("the topology's shape", MOST_QUBITS);
                default -> parser.skipChildren();
            }
        }
    }

    private List<int[]> couplers() {
        expect(JsonToken.START_ARRAY, "couplers should be a list");
        List<int[]> couplers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int[] coupler = integers("a coupler", MOST_QUBITS - 1);
            if (coupler.length != 2 || coupler[0] == coupler[1]) {
                throw error("a coupler has two different qubits, not " + Arrays.toString(coupler));
            }
            couplers.add(coupler);
        }
        return couplers;
    }

    private int[] integers(String what, int most) {
        expect(JsonToken.START_ARRAY, what + " should be a list of integers");
        int[] integers = new int[2];
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_NUMBER_INT, what + " should be a list of integers");
            if (size == integers.length) {
                integers = Arrays.copyOf(integers, 2 * size);
            }
            long value =
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? -1
                            : parser.getLongValue();
            if (value < 0 || value > most) {
                throw error("%s should have integers from 0 to %d".formatted(what, most));
            }
            integers[size++] = (int) value;
        }
        return Arrays.copyOf(integers, size);
    }

    /** The topology that the solver names, or null for one that is not known here. */
    private @Nullable Topology topology(Solver solver) {
        int[] shape = solver.shape;
        String known = solver.family + shape.length;
        Topology topology =
                switch (known) {
                    case "chimera3" -> new Chimera(shape[0], shape[1], shape[2]);
                    case "pegasus1" -> new Pegasus(shape[0]);
                    case "zephyr1" -> new Zephyr(shape[0]);
                    case "zephyr2" -> new Zephyr(shape[0], shape[1]);
                    default -> null;
                };
        if (topology != null && topology.indices() > MOST_QUBITS) {
            throw ModelFileException.of(
                    source, "%s is too large for a processor".formatted(topology));
        }
        return topology;
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw error(what);
        }
    }

    private ModelFileException error(String problem) {
        TokenStreamLocation at = parser.currentTokenLocation();
        return ModelFileException.at(source, at.getLineNr(), at.getColumnNr(), problem);
    }
}
