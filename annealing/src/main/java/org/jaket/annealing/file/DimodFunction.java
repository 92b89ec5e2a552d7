package org.jaket.annealing.file;

import org.jaket.annealing.constrained.ConstrainedModel;
import org.jaket.annealing.constrained.QuadraticFunction;
import org.jaket.annealing.polynomial.Variable;
import org.jaket.annealing.polynomial.VariableKind;

import tools.jackson.core.JacksonException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads {@link ConstrainedFormat#DIMOD_QM}, and the parts of a {@link ConstrainedFormat#DIMOD_CQM}
 * file that have sections: four letters, the length of what follows, and that, filled up with
 * blanks to a multiple of 64. Nothing is allocated because a length says so.
 */
final class DimodFunction {
    static final byte[] MAGIC = "DIMODEXPR".getBytes(StandardCharsets.US_ASCII);

    /** How a file of a quadratic model begins, which version 1 has for each function. */
    static final byte[] QUADRATIC_MODEL = "DIMODQM".getBytes(StandardCharsets.US_ASCII);

    private static final int ALIGNMENT = 64;
    private static final VariableKind[] KINDS = {
        VariableKind.BINARY, VariableKind.SPIN, VariableKind.INTEGER, VariableKind.REAL
    };

    private final String source;
    private final LittleEndianInput in;

    /** Where the section ends that was begun last. */
    private long end;

    DimodFunction(String source, InputStream in) {
        this.source = source;
        this.in = new LittleEndianInput(source, in, 1 << 12);
    }

    /** A function with variables of its own, as version 1 has them. */
    record Labelled(List<Variable> variables, QuadraticFunction function) {}

    // ---- version 2 ------------------------------------------------------------------------

    /** The kinds and bounds of variables (VTYP), whose labels are known or come later. */
    List<Variable> variables(int count, IntFunction<Object> label) throws IOException {
        begin("VTYP", NumberType.UINT32);
        List<Variable> variables = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int kind = (int) in.integer(NumberType.UINT8, "the kind of a variable");
            if (kind >= KINDS.length) {
                throw in.error(
                        "variable %d should be binary (0), spin (1), integer (2) or real (3), not %d"
                                .formatted(k, kind));
            }
            double lower = bound();
            double upper = bound();
            try {
                variables.add(new Variable(label.apply(k), KINDS[kind], lower, upper));
            } catch (IllegalArgumentException e) {
                throw in.error(String.valueOf(e.getMessage()));
            }
        }
        finish("VTYP");
        return variables;
    }

    /** Bounds may be infinite. */
    private double bound() throws IOException {
        return Double.longBitsToDouble(in.integer(NumberType.INT64, "a variable's bound"));
    }

    /**
     * A function of numbered variables (DIMODEXPR).
     *
     * @param size how many variables the model has
     */
    QuadraticFunction function(int size) throws IOException {
        Header h = header(MAGIC, 2, "a function of dimod (DIMODEXPR)");
        begin("INDX", NumberType.UINT32);
        int[] variables = new int[8];
        for (int k = 0; k < h.variables; k++) {
            if (k == variables.length) {
                variables = Arrays.copyOf(variables, (int) Math.min(h.variables, 2L * k));
            }
            variables[k] = index(h, size, "the number of a variable");
        }
        finish("INDX");
        FunctionTerms terms = new FunctionTerms();
        offset(h, terms);
        begin("LINB", NumberType.UINT32);
        for (int k = 0; k < h.variables; k++) {
            terms.add(variables[k], in.real(h.dtype, "a linear coefficient"));
        }
        finish("LINB");
        beginProducts();
        for (int t = 0; t < h.products; t++) {
            int i = index(h, h.variables, "a product's variable");
            int j = index(h, h.variables, "a product's variable");
            terms.add(variables[i], variables[j], in.real(h.dtype, "a product's coefficient"));
        }
        finish("QUAD");
        atEnd();
        return terms.function();
    }

    /**
     * Files of one version have lengths of four bytes or of eight; as they include the blanks, the
     * rest modulo 64 says which.
     */
    private void beginProducts() throws IOException {
        in.magic("QUAD".getBytes(StandardCharsets.US_ASCII), "the section QUAD");
        long length = in.integer(NumberType.UINT32, "the length of QUAD");
        if (length % ALIGNMENT == ALIGNMENT - 4 - 8) {
            length |= in.integer(NumberType.UINT32, "the length of QUAD") << 32;
        }
        end = in.position() + checked("QUAD", length);
    }

    // ---- version 1 ------------------------------------------------------------------------

    /** A quadratic model (DIMODQM) or a binary quadratic one (DIMODBQM), with its variables. */
    static Labelled labelled(String source, InputStream raw) throws IOException {
        InputStream buffered = new BufferedInputStream(raw);
        buffered.mark(BqmReader.MAGIC.length);
        byte[] magic = buffered.readNBytes(BqmReader.MAGIC.length);
        buffered.reset();
        if (Arrays.equals(magic, BqmReader.MAGIC)) {
            ConstrainedModel model =
                    ConstrainedModel.from(BqmReader.read(source, buffered).model());
            List<Variable> variables = new ArrayList<>();
            for (int k = 0; k < model.size(); k++) {
                variables.add(model.variable(k));
            }
            return new Labelled(variables, model.objective());
        }
        return quadraticModel(source, buffered);
    }

    /** A quadratic model (DIMODQM), with its variables. */
    static Labelled quadraticModel(String source, InputStream in) throws IOException {
        return new DimodFunction(source, in).quadraticModel();
    }

    private Labelled quadraticModel() throws IOException {
        Header h = header(QUADRATIC_MODEL, 1, "a quadratic model of dimod (DIMODQM or DIMODBQM)");
        List<Variable> variables = variables(h.variables, k -> k);
        FunctionTerms terms = new FunctionTerms();
        offset(h, terms);
        begin("LINB", NumberType.UINT32);
        for (int k = 0; k < h.variables; k++) {
            terms.add(k, in.real(h.dtype, "a linear coefficient"));
        }
        finish("LINB");
        long products = 0;
        for (int k = 0; k < h.variables; k++) {
            begin("NEIG", NumberType.UINT32);
            long count = in.integer(NumberType.INT64, "how many products a variable has");
            products += count;
            if (count < 0 || products > h.products) {
                throw in.error(
                        "the header says %d products, and there are others".formatted(h.products));
            }
            for (int t = 0; t < count; t++) {
                int j = index(h, h.variables, "a product's variable");
                terms.add(k, j, in.real(h.dtype, "a product's coefficient"));
            }
            finish("NEIG");
        }
        if (products != h.products) {
            throw in.error(
                    "the header says %d products, and there are %d"
                            .formatted(h.products, products));
        }
        if (h.labelled) {
            begin("VARS", NumberType.UINT32);
            long at = in.position();
            byte[] text = in.bytes((int) Math.min(DimodHeader.MAX_JSON, end - at), "the labels");
            List<Object> labels = labels(source, text, h.variables);
            for (int k = 0; k < h.variables; k++) {
                Variable v = variables.get(k);
                variables.set(k, new Variable(labels.get(k), v.kind(), v.lower(), v.upper()));
            }
        }
        atEnd();
        return new Labelled(variables, terms.function());
    }

    /** The labels of variables from their JSON. */
    static List<Object> labels(String source, byte[] text, int count) {
        try {
            return DimodHeader.labels(Json.MAPPER.readTree(text), count);
        } catch (JacksonException e) {
            throw ModelFileException.of(
                    source, "the labels should be JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw ModelFileException.of(source, String.valueOf(e.getMessage()));
        }
    }

    // ---- both -----------------------------------------------------------------------------

    private void offset(Header h, FunctionTerms terms) throws IOException {
        begin("OFFS", NumberType.UINT32);
        terms.add(in.real(h.dtype, "the constant"));
        finish("OFFS");
    }

    private int index(Header h, int size, String what) throws IOException {
        long index = in.integer(h.itype, what);
        if (index < 0 || index >= size) {
            throw in.error("%s cannot be %d: there are %d".formatted(what, index, size));
        }
        return (int) index;
    }

    private void begin(String magic, NumberType lengthType) throws IOException {
        in.magic(magic.getBytes(StandardCharsets.US_ASCII), "the section " + magic);
        long length = in.integer(lengthType, "the length of " + magic);
        end = in.position() + checked(magic, length);
    }

    private long checked(String magic, long length) {
        if (length < 0 || length > 1L << 40) {
            throw in.error("the section %s cannot have %d bytes".formatted(magic, length));
        }
        return length;
    }

    /** Goes over the blanks. */
    private void finish(String magic) throws IOException {
        long blanks = end - in.position();
        if (blanks < 0 || blanks >= ALIGNMENT) {
            throw in.error(
                    "the section %s is %d bytes %s than its contents"
                            .formatted(magic, Math.abs(blanks), blanks < 0 ? "shorter" : "longer"));
        }
        var _ = in.bytes((int) blanks, "the blanks after " + magic);
    }

    private void atEnd() throws IOException {
        if (in.hasMore()) {
            throw in.error("there is more after the last section");
        }
    }

    private record Header(
            int variables, int products, NumberType dtype, NumberType itype, boolean labelled) {}

    private Header header(byte[] magic, int version, String what) throws IOException {
        DimodHeader header = DimodHeader.read(in, magic, what, version, version);
        int[] shape = header.shape();
        return new Header(
                shape[0],
                shape[1],
                header.type("dtype"),
                header.integerType("itype"),
                header.isLabelled());
    }
}
