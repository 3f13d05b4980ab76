package io.captchapipeline.systemtests;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.testkit.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A broker as a process of its own, whose clients reach it by a wire that may fail.
final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private final int port = FreePort.next();
    private final int advertised;
    private final List<String> output = new ArrayList<>();
    private ChildJvm process;

    private BrokerProcess(Path directory, int advertised) {
        this.directory = directory;
        this.advertised = advertised;
        process = launch();
    }

    /// What runs in the process.
    public static void main(String[] arguments) {
        var broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(arguments[0]))
                .onPort(Integer.parseInt(arguments[1]))
                .advertisedOn(Integer.parseInt(arguments[2])));
        ServiceMain.closeOnSignal(broker);
        broker.whenFailed().thenAccept(_ -> Runtime.getRuntime().halt(1));
        System.out.println("Listening");
    }

    static BrokerProcess start(Path directory, int advertised) {
        return new BrokerProcess(directory, advertised);
    }

    int port() {
        return port;
    }

    void kill() {
        process.kill();
    }

    void stop() {
        process.terminate();
    }

    /// A broker cannot go on without a disk.
    void dieOfFullDisk() {
        process.fillDisk();
        process.awaitDeath();
    }

    void startAgain() {
        output.addAll(process.lines());
        process = launch();
    }

    /// What it said in all its lives.
    List<String> output() {
        var all = new ArrayList<>(output);
        all.addAll(process.lines());
        return all;
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildJvm launch() {
        var child = ChildJvm.start(
                BrokerProcess.class, directory.toString(), Integer.toString(port), Integer.toString(advertised));
        child.awaitLine(line -> line.contains("Listening"));
        return child;
    }
}
