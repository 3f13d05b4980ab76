package io.captchapipeline.testkit;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/// What a [ChildJvm] runs first: it ends the process when its parent is gone, whose end of the pipe is closed then.
public final class ChildMain {
    private ChildMain() {}

    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().daemon().name("end with the parent").start(ChildMain::endWithParent);
        var main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; the end of it is what counts.
            }
        } catch (IOException _) {
            // The pipe is broken: the same.
        }
        Runtime.getRuntime().halt(1);
    }
}
