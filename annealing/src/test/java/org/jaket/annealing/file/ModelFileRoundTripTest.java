package org.jaket.annealing.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is written is read back as the same function. */
class ModelFileRoundTripTest {
    @Provide
    Arbitrary<ModelFormat> readable() {
        return Arbitraries.of(ModelFormat.class).filter(f -> f.canBeRead() && f.canBeWritten());
    }

    private static ModelDocument again(ModelDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        ModelFile.write(document, out);
        byte[] bytes = out.toByteArray();
        ModelDocument forced =
                ModelFile.read(new ByteArrayInputStream(bytes), "again", document.format());
        // Only files of two counts may be taken for others.
        if (document.format().ordinal() < ModelFormat.MAX_CUT.ordinal()) {
            assertThat(ModelFile.read(new ByteArrayInputStream(bytes), "again")).isEqualTo(forced);
        }
        return forced;
    }

    /** Numbers of all sizes, among them those that have many digits. */
    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(7) - 3;
            case 1 -> random.nextInt(1000) / 8.0;
            case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            default -> random.nextGaussian();
        };
    }

    private static BinaryQuadraticModel model(long seed, int n, Vartype vartype, boolean linear) {
        Random random = new Random(seed);
        var builder = BinaryQuadraticModel.builder(vartype);
        boolean sparse = random.nextBoolean();
        for (int i = 0, label = 0; i < n; i++, label += sparse ? 1 + random.nextInt(500) : 1) {
            int k = builder.variable(label);
            builder.addLinear(k, linear && random.nextInt(4) > 0 ? number(random) : 0);
        }
        for (int t = 0; n > 1 && t < 2 * n; t++) {
            int i = random.nextInt(n);
            builder.addQuadratic(i, (i + 1 + random.nextInt(n - 1)) % n, number(random));
        }
        return builder.addOffset(random.nextBoolean() ? number(random) : 0).build();
    }

    @Property(seed = "1", tries = 600)
    void energiesStayTheSame(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 9) int n,
            @ForAll Vartype vartype,
            @ForAll("readable") ModelFormat format)
            throws IOException {
        boolean graph = format == ModelFormat.MAX_CUT;
        BinaryQuadraticModel model = model(seed, n, graph ? Vartype.SPIN : vartype, !graph);
        BinaryQuadraticModel read = again(ModelDocument.of(model, format)).model();
        assertThat(read.size()).isEqualTo(n);
        if (format != ModelFormat.MAX_CUT && format != ModelFormat.MQLIB_QUBO) {
            assertThat(read.variables()).isEqualTo(model.variables());
        }
        double scale = Math.abs(model.offset()) + Math.abs(read.offset()) + 1;
        for (int i = 0; i < n; i++) {
            scale += Math.abs(model.linear(i)) + Math.abs(read.linear(i));
            for (int k = 0; k < model.degree(i); k++) {
                scale += Math.abs(model.weight(i, k));
            }
        }
        byte[] before = new byte[n];
        byte[] after = new byte[n];
        for (int code = 0; code < 1 << n; code++) {
            for (int i = 0; i < n; i++) {
                boolean up = (code >> i & 1) != 0;
                before[i] = up ? model.vartype().high() : model.vartype().low();
                after[i] = up ? read.vartype().high() : read.vartype().low();
            }
            assertThat(read.energy(after)).isCloseTo(model.energy(before), within(1e-13 * scale));
        }
    }

    /** Where no other values are asked for, not a bit changes. */
    @Property(seed = "1", tries = 300)
    void formatsOfBothVartypesAreExact(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 30) int n,
            @ForAll Vartype vartype,
            @ForAll("readable") ModelFormat format)
            throws IOException {
        boolean both =
                List.of(ModelFormat.COO, ModelFormat.DIMOD_BQM, ModelFormat.BQPJSON)
                        .contains(format);
        Vartype own =
                both
                        ? vartype
                        : format == ModelFormat.QBSOLV || format == ModelFormat.MQLIB_QUBO
                                ? Vartype.BINARY
                                : Vartype.SPIN;
        BinaryQuadraticModel model = model(seed, n, own, format != ModelFormat.MAX_CUT);
        BinaryQuadraticModel read = again(ModelDocument.of(model, format)).model();
        assertThat(read.withVariables(model.variables())).isEqualTo(model);
    }

    @Property(seed = "1", tries = 100)
    void descriptionsAndMetadataMayHaveAnyText(@ForAll String text) throws IOException {
        Map<String, Object> metadata = Map.of("key", text, "list", List.of(text, 1, 2.5, true));
        for (ModelFormat format : List.of(ModelFormat.BQPJSON, ModelFormat.QBSOLV)) {
            ModelDocument document =
                    new ModelDocument(
                            model(1, 3, Vartype.BINARY, true),
                            format,
                            text,
                            metadata,
                            Objective.ENERGY);
            // Lone surrogates are no text that a file could hold; long comments are cut.
            if (text.length() < 100
                    && text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000)) {
                assertThat(again(document)).isEqualTo(document);
            }
        }
    }
}
