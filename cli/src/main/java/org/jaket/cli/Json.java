package org.jaket.cli;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Prints one JSON object on a line. */
final class Json {
    private Json() {}

    /** Writes the members of the object. */
    interface Members {
        void write(JsonGenerator generator);
    }

    static void print(PrintWriter out, Members members) {
        // Written whole, so that a failure in between leaves no half of an object behind.
        var text = new StringWriter();
        try (JsonGenerator generator =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
        }
        out.println(text);
        out.flush();
    }
}
