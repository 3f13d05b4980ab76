package io.captchapipeline.benchmarks.hotpaths;

import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.EntryCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The entry of an accepted task becomes bytes; beside it, those bytes are copied.
@State(Scope.Benchmark)
public class EncodeEntry {
    private final Entry entry = Request.accepted();
    private final byte[] bytes = EntryCodec.encode(entry);

    @Benchmark
    public byte[] path() {
        return EntryCodec.encode(entry);
    }

    @Benchmark
    public byte[] floor() {
        return bytes.clone();
    }
}
