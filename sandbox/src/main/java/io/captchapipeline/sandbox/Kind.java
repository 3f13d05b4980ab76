package io.captchapipeline.sandbox;

import java.math.BigDecimal;

/// What a task wants to have solved, which decides the form of its answer and its price.
enum Kind {
    IMAGE(Price.IMAGE),
    TEXT(Price.IMAGE),
    ROTATE(Price.IMAGE),
    COORDINATES(Price.IMAGE),
    GRID(Price.IMAGE),
    BLS(Price.IMAGE),
    RECAPTCHA_V2(Price.TOKEN),
    RECAPTCHA_V3(Price.TOKEN),
    TURNSTILE(Price.TOKEN),
    CLOUDFLARE(Price.TOKEN),
    GEETEST(Price.TOKEN),
    GEETEST_V4(Price.TOKEN),
    FUNCAPTCHA(Price.TOKEN),
    KEYCAPTCHA(Price.TOKEN),
    CAPY(Price.TOKEN),
    LEMIN(Price.TOKEN),
    AMAZON_WAF(Price.TOKEN),
    /// Every other method: its answer is one token.
    TOKEN(Price.TOKEN);

    private final BigDecimal price;

    Kind(BigDecimal price) {
        this.price = price;
    }

    BigDecimal price() {
        return price;
    }

    private static final class Price {
        private static final BigDecimal IMAGE = new BigDecimal("0.00085");
        private static final BigDecimal TOKEN = new BigDecimal("0.00299");
    }
}
