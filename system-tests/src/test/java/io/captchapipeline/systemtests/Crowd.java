package io.captchapipeline.systemtests;

import java.util.Random;

/// Everyone outside who has to do with the pipeline.
record Crowd(Load load, Strangers strangers, Askers askers, Witness witness) implements AutoCloseable {
    private static final int STRANGERS_A_SECOND = 5;

    /// @param pace how many requests are made a second
    static Crowd around(World world, Random random, int pace) {
        var witness = new Witness(world.kafka());
        return new Crowd(
                new Load(world.kafka(), new Random(random.nextLong()), pace),
                new Strangers(world.kafka(), world.wires().callbacks().port(), STRANGERS_A_SECOND),
                new Askers(world, witness, new Random(random.nextLong())),
                witness);
    }

    void start() {
        witness.start();
        load.start();
        strangers.start();
        askers.start();
    }

    /// The witness goes on: not everything has ended.
    void stop() {
        load.stop();
        strangers.stop();
        askers.stop();
    }

    @Override
    public void close() {
        load.close();
        strangers.close();
        askers.close();
        witness.close();
    }
}
