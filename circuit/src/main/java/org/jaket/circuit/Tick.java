package org.jaket.circuit;

/**
 * The boundary between two time steps; it does nothing.
 *
 * @param tag free text
 */
public record Tick(String tag) implements Operation {
    @Override
    public Tick withTargets(Targets newTargets) {
        return this;
    }

    @Override
    public String describe() {
        return "TICK";
    }
}
