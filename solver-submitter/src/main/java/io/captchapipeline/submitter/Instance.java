package io.captchapipeline.submitter;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// How this process calls itself: by its host, and by its number there, since it need not have a port of its own.
final class Instance {
    private Instance() {}

    static String name() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
