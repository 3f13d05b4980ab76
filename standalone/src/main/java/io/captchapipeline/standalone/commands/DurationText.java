package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.settings.Types;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A duration as settings write it.
final class DurationText implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return Types.POSITIVE_DURATION.parse().apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': expected " + Types.POSITIVE_DURATION.description());
        }
    }
}
