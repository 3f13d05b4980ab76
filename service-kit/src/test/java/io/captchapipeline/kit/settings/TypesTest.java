package io.captchapipeline.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypesTest {

    static Stream<Arguments> understood() {
        return Stream.of(
                Arguments.of(Types.POSITIVE_DURATION, "500ms", Duration.ofMillis(500)),
                Arguments.of(Types.POSITIVE_DURATION, "30s", Duration.ofSeconds(30)),
                Arguments.of(Types.POSITIVE_DURATION, "5m", Duration.ofMinutes(5)),
                Arguments.of(Types.POSITIVE_DURATION, "24h", Duration.ofHours(24)),
                Arguments.of(Types.POSITIVE_DURATION, "90d", Duration.ofDays(90)),
                Arguments.of(Types.DURATION_OR_OFF, "off", Optional.empty()),
                Arguments.of(Types.DURATION_OR_OFF, "15m", Optional.of(Duration.ofMinutes(15))),
                Arguments.of(Types.RATE, "10/s", new Rate(10, Duration.ofSeconds(1))),
                Arguments.of(Types.RATE, "0.5/m", new Rate(0.5, Duration.ofMinutes(1))),
                Arguments.of(Types.SERVERS, "a:9092, [::1]:9093", List.of("a:9092", "[::1]:9093")),
                Arguments.of(Types.NETWORKS, "10.0.0.0/8,::1", List.of("10.0.0.0/8", "::1")),
                Arguments.of(Types.ROUTE_NAMES, "login,sign-up", List.of("login", "sign-up")),
                Arguments.of(Types.BOOLEAN, "TRUE", true),
                Arguments.of(Types.oneOf(SmtpTls.class), "starttls", SmtpTls.STARTTLS),
                Arguments.of(Types.decimal(0, 1), "0.05", 0.05));
    }

    @ParameterizedTest
    @MethodSource("understood")
    void a_text_is_understood(Type<?> type, String text, Object meaning) {
        assertThat(type.parse().apply(text)).isEqualTo(meaning);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Types.POSITIVE_DURATION, "0s"),
                Arguments.of(Types.POSITIVE_DURATION, "-1s"),
                Arguments.of(Types.POSITIVE_DURATION, "10"),
                Arguments.of(Types.POSITIVE_DURATION, "999999999999d"),
                Arguments.of(Types.DURATION_OR_OFF, "0s"),
                Arguments.of(Types.DURATION_OR_OFF, "none"),
                Arguments.of(Types.RATE, "0/s"),
                Arguments.of(Types.RATE, "10"),
                Arguments.of(Types.PORT, "65536"),
                Arguments.of(Types.PORT, "99999999999"),
                Arguments.of(Types.BOOLEAN, "yes"),
                Arguments.of(Types.PATTERN, "("),
                Arguments.of(Types.HTTP_URL, "example.com"),
                Arguments.of(Types.HTTP_URL, "ftp://example.com"),
                Arguments.of(Types.HTTP_URL, "http://a b"),
                Arguments.of(Types.JDBC_URL, "jdbc:mysql://x"),
                Arguments.of(Types.SERVERS, "localhost"),
                Arguments.of(Types.NETWORKS, "10.0.0.0/33"),
                Arguments.of(Types.NETWORKS, "abc"),
                Arguments.of(Types.NETWORKS, "10.0.0.0/8,"),
                Arguments.of(Types.ROUTE_NAMES, "Login"),
                Arguments.of(Types.MAIL_ADDRESSES, "ops"),
                Arguments.of(Types.BY_METHOD, "120s,image"),
                Arguments.of(Types.decimal(0, 1), "1.5"),
                Arguments.of(Types.decimal(0, 1), "NaN"),
                Arguments.of(Types.oneOf(SmtpTls.class), "ssl"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anything_else_is_refused(Type<?> type, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> type.parse().apply(text));
    }

    @Test
    void a_life_is_looked_up_by_method() {
        var life = Types.BY_METHOD.parse().apply("120s,image=none,geetest=1m");

        assertThat(life.of("userrecaptcha")).contains(Duration.ofMinutes(2));
        assertThat(life.of("image")).isEmpty();
        assertThat(life.of("geetest")).contains(Duration.ofMinutes(1));
    }
}
