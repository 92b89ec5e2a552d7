package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model file holds.
 *
 * @param model the model, to be minimised, with everything that the file says about its energy
 * @param format the format that it was read in
 * @param description what the file says about itself, or nothing
 * @param metadata more of it: strings, numbers, booleans, null, lists and maps of these
 * @param objective how an energy becomes what the file's problem counts
 */
public record ModelDocument(
        BinaryQuadraticModel model,
        ModelFormat format,
        String description,
        Map<String, @Nullable Object> metadata,
        Objective objective)
        implements ProblemDocument {
    /** Keeps the metadata. */
    public ModelDocument {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A model without a description, to be written in a format. */
    public static ModelDocument of(BinaryQuadraticModel model, ModelFormat format) {
        return new ModelDocument(model, format, "", Map.of(), Objective.ENERGY);
    }

    /** The same with another description. */
    public ModelDocument description(String newDescription) {
        return new ModelDocument(model, format, newDescription, metadata, objective);
    }

    /** The same to be written in another format. */
    public ModelDocument format(ModelFormat newFormat) {
        return new ModelDocument(model, newFormat, description, metadata, objective);
    }
}
