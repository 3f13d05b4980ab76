package io.captchapipeline.testkit.promise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What has one key is handled in the order it was sent. Something handled again later does not break it.
public final class OrderKept implements Promise {
    private final Map<String, List<String>> sent = new TreeMap<>();
    private final Map<String, LinkedHashSet<String>> handled = new TreeMap<>();

    public synchronized void sent(String key, String id) {
        sent.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
    }

    public synchronized void handled(String key, String id) {
        handled.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(id);
    }

    @Override
    public String name() {
        return "order";
    }

    @Override
    public synchronized List<String> broken() {
        if (sent.isEmpty() || handled.isEmpty()) {
            return List.of("nothing was sent and handled");
        }
        return handled.entrySet().stream()
                .flatMap(one -> faults(one.getKey(), List.copyOf(one.getValue())))
                .toList();
    }

    private Stream<String> faults(String key, List<String> ids) {
        var order = sent.getOrDefault(key, List.of());
        var faults = new ArrayList<String>();
        for (var i = 0; i < ids.size(); i++) {
            var id = ids.get(i);
            if (!order.contains(id)) {
                faults.add(key + ": " + id + " was handled and never sent");
            } else if (i > 0 && order.indexOf(ids.get(i - 1)) > order.indexOf(id)) {
                faults.add(key + ": " + id + " was sent before " + ids.get(i - 1) + " and handled after it");
            }
        }
        return faults.stream();
    }
}
