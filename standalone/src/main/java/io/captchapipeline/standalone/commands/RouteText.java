package io.captchapipeline.standalone.commands;

import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.Route;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The name of a route.
final class RouteText implements ITypeConverter<Route> {

    @Override
    public Route convert(String text) {
        try {
            return new Route(text);
        } catch (InvalidEvent e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
