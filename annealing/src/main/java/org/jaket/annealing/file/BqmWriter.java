package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;

import java.io.IOException;
import java.io.OutputStream;

/** Writes {@link ModelFormat#DIMOD_BQM}, version 2.0, with doubles and 32 bit integers. */
final class BqmWriter {
    private BqmWriter() {}

    static void write(BinaryQuadraticModel model, OutputStream out) throws IOException {
        // Labels first: if they cannot be written, nothing is.
        String labels = model.variables().isRange() ? "" : Json.labels(model.variables());
        String header =
                """
                {"dtype": "float64", "itype": "int32", "ntype": "int32", "shape": [%d, %d], \
                "type": "BinaryQuadraticModel", "variables": %s, "vartype": "%s"}
                """
                        .formatted(
                                model.size(),
                                model.interactions(),
                                !labels.isEmpty(),
                                model.vartype());
        DimodOutput output = new DimodOutput(out);
        output.header(BqmReader.MAGIC, 2, 0, header);
        numbers(model, output);
        if (!labels.isEmpty()) {
            output.section("VARS", labels);
        }
    }

    private static void numbers(BinaryQuadraticModel model, DimodOutput out) throws IOException {
        out.room(Double.BYTES).putDouble(model.offset());
        int start = 0;
        for (int i = 0; i < model.size(); i++) {
            out.room(Integer.BYTES + Double.BYTES).putInt(start).putDouble(model.linear(i));
            start += model.degree(i);
        }
        for (int i = 0; i < model.size(); i++) {
            for (int k = 0; k < model.degree(i); k++) {
                out.room(Integer.BYTES + Double.BYTES)
                        .putInt(model.neighbour(i, k))
                        .putDouble(model.weight(i, k));
            }
        }
        out.flush();
    }
}
