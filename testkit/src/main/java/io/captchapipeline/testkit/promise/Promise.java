package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.stream.Stream;

/// Something that must hold whatever crashes, repeats or stays silent.
public interface Promise {
    /// As the README calls it.
    String name();

    /// What broke it, one line each, naming the id; empty while it is kept.
    List<String> broken();

    /// @throws BrokenPromise when it was not kept
    default void verify() {
        verifyAll(this);
    }

    /// @throws BrokenPromise naming every promise that was not kept
    static void verifyAll(Promise... promises) {
        var broken = Stream.of(promises)
                .filter(promise -> !promise.broken().isEmpty())
                .toList();
        if (!broken.isEmpty()) {
            throw new BrokenPromise(broken);
        }
    }
}
