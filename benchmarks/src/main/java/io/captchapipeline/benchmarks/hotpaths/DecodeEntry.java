package io.captchapipeline.benchmarks.hotpaths;

import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.EntryCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The entry of an accepted task is read from its bytes; beside it, those bytes are copied.
@State(Scope.Benchmark)
public class DecodeEntry {
    private final byte[] bytes = EntryCodec.encode(Request.accepted());

    @Benchmark
    public Entry path() {
        return EntryCodec.decode(bytes);
    }

    @Benchmark
    public byte[] floor() {
        return bytes.clone();
    }
}
