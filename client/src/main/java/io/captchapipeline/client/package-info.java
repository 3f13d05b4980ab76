/// For scrapers in Java: say what is to be solved, and take the answer.
///
/// [CaptchaClient#connect] finds the brokers and stands at the end of the outcome topics. [CaptchaClient#submit] writes
/// a [Captcha] to `captcha-submit` and completes a future with its [Answer], as soon as the outcome is committed;
/// [CaptchaClient#submitAll] does so for many. [CaptchaClient#queue] shares outcomes among workers, each of which
/// says of every single one whether it is done with. [RouteHandlers] choose by route what to do with an answer.
///
/// A failed request is an [Answer] like a solved one. A [CaptchaException] says that no answer can be told, and why.
@NullMarked
package io.captchapipeline.client;

import org.jspecify.annotations.NullMarked;
