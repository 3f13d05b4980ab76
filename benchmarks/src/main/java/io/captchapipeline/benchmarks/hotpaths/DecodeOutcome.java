package io.captchapipeline.benchmarks.hotpaths;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.wire.Wire;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// An outcome is read, and checks itself; beside it, the same bytes become a tree.
@State(Scope.Benchmark)
public class DecodeOutcome {
    private final byte[] json = Wire.encode(Request.outcome());

    @Benchmark
    public Outcome path() {
        return Wire.decode(Outcome.class, json);
    }

    @Benchmark
    public JsonNode floor() {
        return Plain.read(json);
    }
}
