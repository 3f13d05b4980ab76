package io.captchapipeline.client;

/// Does something with an answer.
@FunctionalInterface
public interface Worker {
    /// Takes as long as it needs: meanwhile nobody else gets this answer. What it throws is a [Verdict#RELEASE] after a
    /// short pause.
    ///
    /// @param delivery how many times this answer was handed to a worker, this time included. Kafka gives up on it
    /// after the fifth in vain, unless the group is set otherwise
    Verdict work(Answer answer, int delivery) throws Exception;
}
