package org.jaket.stabilizer.codes;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A code and the logical operator whose keeping is tried. */
public enum MemoryTask {
    /** Repetition code, logical Z. */
    REPETITION_MEMORY("repetition_code", "memory"),
    /** Rotated surface code, logical X. */
    ROTATED_MEMORY_X("surface_code", "rotated_memory_x"),
    /** Rotated surface code, logical Z. */
    ROTATED_MEMORY_Z("surface_code", "rotated_memory_z"),
    /** Unrotated surface code, logical X. */
    UNROTATED_MEMORY_X("surface_code", "unrotated_memory_x"),
    /** Unrotated surface code, logical Z. */
    UNROTATED_MEMORY_Z("surface_code", "unrotated_memory_z"),
    /** Colour code on hexagons with X, Y and Z stabilizers measured in turn, logical Z at first. */
    COLOR_MEMORY_XYZ("color_code", "memory_xyz");

    private final String code;
    private final String text;

    MemoryTask(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Returns the code's name, such as {@code surface_code}. */
    public String code() {
        return code;
    }

    /** Returns the task's name within the code, such as {@code rotated_memory_x}. */
    public String text() {
        return text;
    }

    int leastDistance() {
        return this == COLOR_MEMORY_XYZ ? 3 : 2;
    }

    boolean needsOddDistance() {
        return this == COLOR_MEMORY_XYZ;
    }

    int leastRounds() {
        return this == COLOR_MEMORY_XYZ ? 2 : 1;
    }

    /**
     * Returns the task of two names.
     *
     * @throws IllegalArgumentException if there is none, naming those that exist
     */
    public static MemoryTask of(String code, String task) {
        for (MemoryTask known : values()) {
            if (known.code.equals(code) && known.text.equals(task)) {
                return known;
            }
        }
        throw new IllegalArgumentException(
                "Unknown task %s of code %s. There are: %s."
                        .formatted(
                                task,
                                code,
                                Arrays.stream(values())
                                        .map(t -> t.code + ":" + t.text)
                                        .collect(Collectors.joining(", "))));
    }
}
