package io.captchapipeline.benchmarks.hotpaths;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.wire.Wire;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a callback said is read, and checks itself; beside it, the same bytes become a tree.
@State(Scope.Benchmark)
public class DecodeResult {
    private final byte[] json = Wire.encode(Request.callback());

    @Benchmark
    public Result path() {
        return Wire.decode(Result.class, json);
    }

    @Benchmark
    public JsonNode floor() {
        return Plain.read(json);
    }
}
