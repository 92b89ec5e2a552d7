package org.jaket.stabilizer.nearclifford;

/** The decisions of another source, but no errors. */
record ErrorFreeChance(Chance measurements) implements Chance {
    @Override
    public boolean happens(double probability) {
        return measurements.happens(probability);
    }

    @Override
    public boolean error(double probability) {
        return false;
    }

    @Override
    public boolean coin() {
        return measurements.coin();
    }

    @Override
    public int nextError(ErrorSites sites, int start, int site, int end) {
        return end;
    }

    @Override
    public int choose(double[] cumulative) {
        throw new IllegalStateException("There is no error to choose.");
    }
}
