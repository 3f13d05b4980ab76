package io.captchapipeline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a benchmark found.
///
/// @param rows figures beside their floor or ceiling
/// @param tables of latencies
record Findings(List<Row> rows, List<Table> tables) {

    record Table(String what, List<Spread> spreads) {
        Table {
            spreads = List.copyOf(spreads);
        }

        String text() {
            return Spread.head(what) + spreads.stream().map(Spread::row).collect(Collectors.joining());
        }
    }

    Findings {
        rows = List.copyOf(rows);
        tables = List.copyOf(tables);
    }

    Findings(List<Row> rows) {
        this(rows, List.of());
    }

    Findings with(String what, List<Spread> spreads) {
        var more = new ArrayList<>(tables);
        more.add(new Table(what, spreads));
        return new Findings(rows, more);
    }
}
