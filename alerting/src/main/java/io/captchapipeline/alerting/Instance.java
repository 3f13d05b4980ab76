package io.captchapipeline.alerting;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// How this instance calls itself.
final class Instance {
    private Instance() {}

    static String name(int port) {
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + port;
        } catch (UnknownHostException e) {
            return "localhost:" + port;
        }
    }
}
