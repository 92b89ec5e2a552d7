package org.jaket.circuit.qasm;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a piece of program may change and read, found without running it. */
final class Effects {
    final Set<String> assigned = new HashSet<>();
    final Set<String> used = new HashSet<>();

    /** Aliases that are declared, perhaps anew. */
    final Set<String> bound = new HashSet<>();

    /** Whether break, continue, return or end occur in it. */
    boolean jumps;

    private Effects() {}

    static Effects of(List<Statement> statements) {
        var effects = new Effects();
        effects.statements(statements);
        return effects;
    }

    private void statements(List<Statement> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Annotated a -> statement(a.statement());
            case Statement.Declaration d -> node(d.value());
            case Statement.Alias a -> {
                bound.add(a.name());
                node(a.value());
            }
            case Statement.GateCall g -> {
                g.modifiers().forEach(m -> node(m.argument()));
                nodes(g.arguments());
                nodes(g.operands());
                used.add(g.name());
            }
            case Statement.Assign a -> {
                assigned.add(root(a.target()));
                node(a.target());
                node(a.value());
            }
            case Statement.ExpressionStatement e -> node(e.expression());
            case Statement.ResetStatement r -> node(r.operand());
            case Statement.BarrierStatement b -> nodes(b.operands());
            case Statement.DelayStatement d -> {
                node(d.duration());
                nodes(d.operands());
            }
            case Statement.Scope s -> statements(s.body());
            case Statement.If i -> {
                node(i.condition());
                statements(i.then());
                statements(i.otherwise());
            }
            case Statement.For f -> {
                node(f.values());
                statements(f.body());
            }
            case Statement.WhileLoop w -> {
                node(w.condition());
                statements(w.body());
            }
            case Statement.Switch s -> {
                node(s.value());
                s.cases()
                        .forEach(
                                c -> {
                                    nodes(c.values());
                                    statements(c.body());
                                });
                if (s.otherwise() != null) {
                    statements(s.otherwise());
                }
            }
            case Statement.Jump j -> jumps = true;
            case Statement.Return r -> {
                jumps = true;
                node(r.value());
            }
            case Statement.QubitDeclaration q -> jumps = true;
            case Statement.Include i -> {}
            case Statement.InputOutput i -> {}
            case Statement.GateDefinition g -> {}
            case Statement.OpaqueGate o -> {}
            case Statement.Subroutine s -> {}
            case Statement.Extern e -> {}
            case Statement.Pragma p -> jumps = true;
            case Statement.Calibration c -> {}
        }
    }

    private void nodes(List<Node> nodes) {
        nodes.forEach(this::node);
    }

    private void node(@Nullable Node node) {
        switch (node) {
            case null -> {}
            case Node.Name n -> used.add(n.name());
            case Node.UnaryNode u -> node(u.operand());
            case Node.BinaryNode b -> {
                node(b.left());
                node(b.right());
            }
            case Node.Call c -> {
                nodes(c.arguments());
                // A subroutine may change arrays that it is given.
                c.arguments().forEach(a -> assigned.add(root(a)));
            }
            case Node.QuantumCall c -> {
                nodes(c.arguments());
                nodes(c.operands());
                c.arguments().forEach(a -> assigned.add(root(a)));
            }
            case Node.CastNode c -> node(c.operand());
            case Node.Index i -> {
                node(i.base());
                nodes(i.items());
            }
            case Node.Range r -> {
                node(r.first());
                node(r.step());
                node(r.last());
            }
            case Node.Braces b -> nodes(b.items());
            case Node.Measure m -> node(m.operand());
            case Node.Concatenation c -> nodes(c.parts());
            default -> {}
        }
    }

    /** The name that an indexed expression starts with; empty when there is none. */
    static String root(Node node) {
        Node inner = node;
        while (inner instanceof Node.Index index) {
            inner = index.base();
        }
        return inner instanceof Node.Name name ? name.name() : "";
    }
}
