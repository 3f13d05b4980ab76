package io.captchapipeline.kit.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Aligned columns of text.
public final class Table {

    private Table() {}

    public static String of(List<String> head, List<List<String>> rows) {
        return of(head, rows, head.size());
    }

    /// Names, and figures that end below each other.
    public static String ofFigures(List<String> head, List<List<String>> rows) {
        return of(head, rows, 1);
    }

    /// @param words so many columns begin below each other, the rest end so
    private static String of(List<String> head, List<List<String>> rows, int words) {
        var all = new ArrayList<List<String>>();
        all.add(head);
        all.addAll(rows);
        var widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths, words)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> row, int[] widths, int words) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            int rest = widths[column] - cell.length();
            line.repeat(' ', column < words ? 0 : rest).append(cell).repeat(' ', column < words ? rest + 2 : 2);
        }
        return line.toString().stripTrailing();
    }
}
