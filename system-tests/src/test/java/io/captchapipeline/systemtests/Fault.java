package io.captchapipeline.systemtests;

import io.captchapipeline.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Something that goes wrong, and how it is over again.
enum Fault {
    KILL_INGRESS {
        @Override
        void strike(Strike on) {
            on.kill(Part.INGRESS);
        }
    },
    KILL_SUBMITTER {
        @Override
        void strike(Strike on) {
            on.kill(Part.SUBMITTER);
        }
    },
    KILL_ROUTER {
        @Override
        void strike(Strike on) {
            on.kill(Part.ROUTER);
        }
    },
    KILL_AUDIT {
        @Override
        void strike(Strike on) {
            on.kill(Part.AUDIT);
        }
    },
    KILL_ALERTING {
        @Override
        void strike(Strike on) {
            on.kill(Part.ALERTING);
        }
    },
    KILL_BROKER {
        @Override
        void strike(Strike on) {
            on.world().broker().kill();
            on.world().broker().startAgain();
        }
    },
    STOP_BROKER {
        @Override
        void strike(Strike on) {
            on.world().broker().stop();
            on.awaitOutage();
            on.world().broker().startAgain();
        }
    },
    FREEZE_ROUTER {
        @Override
        void strike(Strike on) {
            on.freeze(Part.ROUTER, "captcha-result-router");
        }
    },
    FREEZE_SUBMITTER {
        @Override
        void strike(Strike on) {
            on.freeze(Part.SUBMITTER, "captcha-solver-submitter");
        }
    },
    FREEZE_AUDIT {
        @Override
        void strike(Strike on) {
            on.freeze(Part.AUDIT, "captcha-audit-sink");
        }
    },
    FULL_DISK_OF_BROKER {
        @Override
        void strike(Strike on) {
            on.world().broker().dieOfFullDisk();
            on.world().broker().startAgain();
        }
    },
    FULL_DISK_OF_ROUTER {
        @Override
        void strike(Strike on) {
            on.fillDisk(Part.ROUTER);
        }
    },
    FULL_DISK_OF_AUDIT {
        @Override
        void strike(Strike on) {
            on.fillDisk(Part.AUDIT);
        }
    },
    FULL_DISK_OF_ALERTING {
        @Override
        void strike(Strike on) {
            on.fillDisk(Part.ALERTING);
        }
    },
    CUT_KAFKA {
        @Override
        void strike(Strike on) {
            on.world().wires().kafka().cut();
            on.awaitRefusal();
            on.world().wires().kafka().restore();
        }
    },
    STALL_KAFKA {
        @Override
        void strike(Strike on) {
            on.world().wires().kafka().stall();
            on.awaitRefusal();
            on.world().wires().kafka().restore();
        }
    },
    DELAY_KAFKA {
        @Override
        void strike(Strike on) {
            on.slow(MANY_PIECES_LATE, on.world().wires().kafka());
        }
    },
    HALF_CLOSE_KAFKA {
        @Override
        void strike(Strike on) {
            on.world().wires().kafka().halfClose();
        }
    },
    CUT_SOLVER {
        @Override
        void strike(Strike on) {
            on.world().wires().solver().cut();
            on.awaitRequests(Strike.SOME);
            on.world().wires().solver().restore();
        }
    },
    /// The wire takes what it is sent, and passes it on only when the fault is over.
    STALL_SOLVER {
        @Override
        void strike(Strike on) {
            on.world().wires().solver().stall();
            on.awaitRequests(Strike.SOME);
            on.world().wires().solver().restore();
        }
    },
    DELAY_SOLVER {
        @Override
        void strike(Strike on) {
            on.slow(LATE, on.world().wires().solver());
        }
    },
    HALF_CLOSE_SOLVER {
        @Override
        void strike(Strike on) {
            on.world().wires().solver().halfClose();
        }
    },
    LOSE_REPLIES_OF_SOLVER {
        @Override
        void strike(Strike on) {
            on.world().wires().solver().stallReplies();
            on.awaitRequests(Strike.SOME);
            on.world().wires().solver().cut();
            on.world().wires().solver().restore();
        }
    },
    CUT_PEERS {
        @Override
        void strike(Strike on) {
            on.silencePeers(FaultProxy::cut);
        }
    },
    STALL_PEERS {
        @Override
        void strike(Strike on) {
            on.silencePeers(FaultProxy::stall);
        }
    },
    DELAY_PEERS {
        @Override
        void strike(Strike on) {
            on.slow(LATE, on.world().wires().peers());
        }
    },
    HALF_CLOSE_PEERS {
        @Override
        void strike(Strike on) {
            on.world().wires().peers().forEach(FaultProxy::halfClose);
        }
    },
    CUT_CALLBACKS {
        @Override
        void strike(Strike on) {
            on.world().wires().callbacks().cut();
            on.awaitRefusal();
            on.world().wires().callbacks().restore();
        }
    },
    STALL_CALLBACKS {
        @Override
        void strike(Strike on) {
            on.world().wires().callbacks().stall();
            on.awaitRefusal();
            on.world().wires().callbacks().restore();
        }
    },
    DELAY_CALLBACKS {
        @Override
        void strike(Strike on) {
            on.slow(LATE, on.world().wires().callbacks());
        }
    },
    HALF_CLOSE_CALLBACKS {
        @Override
        void strike(Strike on) {
            on.world().wires().callbacks().halfClose();
        }
    },
    CUT_DATABASE {
        @Override
        void strike(Strike on) {
            on.silenceDatabase(FaultProxy::cut);
        }
    },
    STALL_DATABASE {
        @Override
        void strike(Strike on) {
            on.silenceDatabase(FaultProxy::stall);
        }
    },
    DELAY_DATABASE {
        @Override
        void strike(Strike on) {
            on.slow(MANY_PIECES_LATE, on.world().wires().database());
        }
    },
    HALF_CLOSE_DATABASE {
        @Override
        void strike(Strike on) {
            on.world().wires().database().halfClose();
        }
    },
    /// Until a later one puts it up again, and at the latest when all is over.
    MAIL_DOWN {
        @Override
        void strike(Strike on) {
            on.world().wires().mail().cut();
        }
    },
    MAIL_UP {
        @Override
        void strike(Strike on) {
            on.world().wires().mail().restore();
        }
    },
    STALL_MAIL {
        @Override
        void strike(Strike on) {
            on.world().wires().mail().stall();
            on.awaitRequests(Strike.SOME);
            on.world().wires().mail().restore();
        }
    },
    DELAY_MAIL {
        @Override
        void strike(Strike on) {
            on.slow(LATE, on.world().wires().mail());
        }
    },
    HALF_CLOSE_MAIL {
        @Override
        void strike(Strike on) {
            on.world().wires().mail().halfClose();
        }
    };

    private static final Duration LATE = Duration.ofMillis(200);
    /// Where one thing takes many pieces, each of them so late.
    private static final Duration MANY_PIECES_LATE = Duration.ofMillis(20);

    private static final Set<Fault> OF_A_DATABASE_SERVER =
            Set.of(CUT_DATABASE, STALL_DATABASE, DELAY_DATABASE, HALF_CLOSE_DATABASE);

    /// Those whose names begin with one of these, where the trail is kept so.
    static List<Fault> called(List<String> beginnings, TrailDatabase.Kind kept) {
        var possible = Stream.of(values())
                .filter(fault -> kept == TrailDatabase.Kind.SERVER || !OF_A_DATABASE_SERVER.contains(fault))
                .toList();
        for (var beginning : beginnings) {
            if (possible.stream().noneMatch(fault -> fault.name().startsWith(beginning))) {
                throw new IllegalArgumentException("no fault is called " + beginning + " where the trail is in a "
                        + kept + "; there are " + possible);
            }
        }
        return possible.stream()
                .filter(fault -> beginnings.stream().anyMatch(fault.name()::startsWith))
                .toList();
    }

    /// Returns when it is over, but for what it leaves to be caught up with.
    abstract void strike(Strike on);
}
