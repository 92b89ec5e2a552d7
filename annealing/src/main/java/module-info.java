/** Optimisation models, samplers, embeddings and the problems they solve. */
// jhdf has no module descriptor, only a name; that it is optional keeps it out of others' way.
@SuppressWarnings("requires-automatic")
module org.jaket.annealing {
    requires transitive org.jaket.circuit;
    requires ojalgo;
    requires org.jgrapht.core;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires static io.jhdf;
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports org.jaket.annealing;
    exports org.jaket.annealing.constrained;
    exports org.jaket.annealing.embedding;
    exports org.jaket.annealing.encoding;
    exports org.jaket.annealing.file;
    exports org.jaket.annealing.polynomial;
    exports org.jaket.annealing.presolve;
    exports org.jaket.annealing.problem;
    exports org.jaket.annealing.relaxation;
    exports org.jaket.annealing.routing;
    exports org.jaket.annealing.sampler;
    exports org.jaket.annealing.topology;
}
