package io.captchapipeline.benchmarks.hotpaths;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.wire.Wire;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a callback said becomes JSON; beside it, a tree of the same fields does.
@State(Scope.Benchmark)
public class EncodeResult {
    private final Result event = Request.callback();
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
