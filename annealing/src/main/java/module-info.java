/** Optimisation models, samplers, embeddings and the problems they solve. */
module org.jaket.annealing {
    requires transitive org.jaket.circuit;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports org.jaket.annealing;
    exports org.jaket.annealing.embedding;
    exports org.jaket.annealing.sampler;
    exports org.jaket.annealing.topology;
}
