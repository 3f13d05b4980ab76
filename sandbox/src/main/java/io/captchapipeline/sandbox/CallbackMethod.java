package io.captchapipeline.sandbox;

/// How a callback is made: as CaptchaAI does, with its fields in the query, or as 2captcha does, as a form.
public enum CallbackMethod {
    GET,
    POST
}
