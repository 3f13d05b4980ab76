package io.captchapipeline.standalone.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatsTextTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void figures_end_below_each_other_and_alerts_say_for_how_long() throws Exception {
        assertThat(text("""
                        {"delivered":1200,"missed":7,"pending":3,"delivery_rate":0.99420,"rescued_by_poll":5,
                         "missed_task_ids":["17","18"],"window_seconds":3600,"callback_p95_ms":12.5390625,
                         "callbacks_per_minute":2.4,"error_rate":0.0,"uptime":0.998,
                         "by_route":{"login":{"delivered":3,"missed":0,"pending":0,"delivery_rate":1.0,
                         "rescued_by_poll":0}},
                         "by_method":{"turnstile":{"delivered":0,"missed":0,"pending":1,"delivery_rate":null,
                         "rescued_by_poll":0}},
                         "since_start":{"delivered":90000,"missed":70,"delivery_rate":0.99922,"rescued_by_poll":60}}
                        """, """
                        {"firing":[{"alert":"LowBalance","severity":"warning","since":"2026-11-21T10:55:00Z",
                         "summary":"The balance of account main is 1.5"}],"recent":[]}
                        """)).isEqualTo("""
                                          DELIVERED  MISSED  PENDING  RESCUED     RATE
                        last 1 h               1200       7        3        5   99.4 %
                        since start           90000      70        -       60   99.9 %
                        route login               3       0        0        0  100.0 %
                        method turnstile          0       0        1        0        -

                        Callbacks: 2.4 a minute, 95 % of them answered within 12.5 ms, 0.0 % failed.
                        The endpoint answered 99.8 % of the probes.
                        Missed last: 17, 18

                        firing  warning   LowBalance for 1 h 5 min: The balance of account main is 1.5
                        """);
    }

    @Test
    void before_anything_happened_nothing_is_made_up() throws Exception {
        assertThat(text("""
                        {"delivered":0,"missed":0,"pending":0,"delivery_rate":null,"rescued_by_poll":0,
                         "missed_task_ids":[],"window_seconds":600,"callback_p95_ms":null,
                         "callbacks_per_minute":null,"error_rate":null,"uptime":null,"by_route":{},"by_method":{},
                         "since_start":{"since":null,"delivered":0,"missed":0,"delivery_rate":null,
                         "rescued_by_poll":0}}
                        """, "{\"firing\":[],\"recent\":[]}")).isEqualTo("""
                                     DELIVERED  MISSED  PENDING  RESCUED  RATE
                        last 10 min          0       0        0        0     -
                        since start          0       0        -        0     -

                        No callback in this time.

                        No alert fires.
                        """);
    }

    private static String text(String delivery, String alerts) throws JsonProcessingException {
        return new StatsText(JSON.readTree(delivery), JSON.readTree(alerts), NOON).toString();
    }
}
