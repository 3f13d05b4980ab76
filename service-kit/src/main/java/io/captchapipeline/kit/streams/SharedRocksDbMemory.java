package io.captchapipeline.kit.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/// One budget for all stores of the process. By default each store of each partition has its own, close to 100 MiB.
public final class SharedRocksDbMemory implements RocksDBConfigSetter {

    private static final long MIB = 1024 * 1024;
    private static final long WRITES = 32 * MIB;
    private static final Cache CACHE = new LRUCache(96 * MIB);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITES, CACHE);

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        var tables = (BlockBasedTableConfig) options.tableFormatConfig();
        tables.setBlockCache(CACHE)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(tables)
                .setWriteBufferManager(WRITE_BUFFERS)
                .setWriteBufferSize(4 * MIB)
                .setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String store, Options options) {
        // The memory is shared with the stores that go on.
    }
}
