package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
    private static final Callers DIRECT = new Callers(networks("203.0.113.0/24", "2001:db8::/32"), List.of());
    private static final Callers BEHIND_PROXY =
            new Callers(networks("203.0.113.0/24"), networks("10.0.0.0/8", "fd00::/8"));

    @Test
    void where_nobody_is_listed_everybody_may_call() {
        assertThat(new Callers(List.of(), List.of()).admit("198.51.100.1", List.of("nonsense"), List.of()))
                .isTrue();
    }

    @Test
    void only_listed_networks_may_call() {
        assertThat(direct("203.0.113.7")).isTrue();
        assertThat(direct("2001:db8::1")).isTrue();
        assertThat(direct("::ffff:203.0.113.7")).isTrue();
        assertThat(direct("fe80::1%eth0")).isFalse();
        assertThat(direct("198.51.100.1")).isFalse();
        assertThat(direct("")).isFalse();
    }

    @Test
    void a_stranger_s_headers_count_for_nothing() {
        assertThat(DIRECT.admit("198.51.100.1", List.of("203.0.113.7"), List.of()))
                .isFalse();
        assertThat(DIRECT.admit("198.51.100.1", List.of(), List.of("for=203.0.113.7")))
                .isFalse();
        assertThat(DIRECT.admit("203.0.113.7", List.of("198.51.100.1"), List.of()))
                .isTrue();
    }

    @Test
    void a_trusted_proxy_is_believed() {
        assertThat(forwardedFor("203.0.113.7")).isTrue();
        assertThat(forwardedFor("198.51.100.1")).isFalse();
        assertThat(forwardedFor("203.0.113.7, 10.1.1.1")).isTrue();
        assertThat(BEHIND_PROXY.admit("10.0.0.1", List.of("203.0.113.7", "10.1.1.1"), List.of()))
                .isTrue();
    }

    @Test
    void what_a_client_prepends_to_the_chain_is_not_believed() {
        assertThat(forwardedFor("203.0.113.7, 198.51.100.1")).isFalse();
        assertThat(forwardedFor("203.0.113.7, 198.51.100.1, 10.1.1.1")).isFalse();
    }

    @Test
    void the_standard_header_is_read_in_all_its_forms() {
        assertThat(forwarded("for=203.0.113.7")).isTrue();
        assertThat(forwarded("proto=https;For=\"203.0.113.7:4711\";by=10.0.0.1"))
                .isTrue();
        assertThat(forwarded("for=\"[fd00::1]:80\"")).isFalse();
        assertThat(forwarded("for=203.0.113.7, for=\"[fd00::1]:80\"")).isTrue();
        assertThat(forwarded("for=unknown")).isFalse();
        assertThat(forwarded("proto=https")).isFalse();
    }

    @Test
    void where_two_headers_speak_both_must_name_somebody_allowed() {
        assertThat(BEHIND_PROXY.admit("10.0.0.1", List.of("203.0.113.7"), List.of("for=198.51.100.1")))
                .isFalse();
        assertThat(BEHIND_PROXY.admit("10.0.0.1", List.of("198.51.100.1"), List.of("for=203.0.113.7")))
                .isFalse();
        assertThat(BEHIND_PROXY.admit("10.0.0.1", List.of("203.0.113.7"), List.of("for=203.0.113.7")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "203.0.113.7,",
                "203.0.113.*",
                "203.0.113.0/24",
                "0.0.0.0/0",
                "*",
                "localhost",
                "203.0.113.7 203.0.113.8",
                "999.0.113.7",
                "203.0.113.7\u0000"
            })
    void an_address_that_cannot_be_read_lets_nobody_in(String header) {
        assertThat(forwardedFor(header)).isFalse();
    }

    private static boolean direct(String peer) {
        return DIRECT.admit(peer, List.of(), List.of());
    }

    private static boolean forwardedFor(String header) {
        return BEHIND_PROXY.admit("10.0.0.1", List.of(header), List.of());
    }

    private static boolean forwarded(String header) {
        return BEHIND_PROXY.admit("10.0.0.1", List.of(), List.of(header));
    }

    private static List<IPAddress> networks(String... cidrs) {
        return Arrays.stream(cidrs)
                .map(cidr -> new IPAddressString(cidr).getAddress().toPrefixBlock())
                .toList();
    }
}
