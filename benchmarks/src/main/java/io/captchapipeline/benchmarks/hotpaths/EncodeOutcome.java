package io.captchapipeline.benchmarks.hotpaths;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.wire.Wire;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// An outcome becomes JSON; beside it, a tree of the same fields does.
@State(Scope.Benchmark)
public class EncodeOutcome {
    private final Outcome event = Request.outcome();
    private final JsonNode tree = Plain.read(Wire.encode(event));

    @Benchmark
    public byte[] path() {
        return Wire.encode(event);
    }

    @Benchmark
    public byte[] floor() {
        return Plain.write(tree);
    }
}
