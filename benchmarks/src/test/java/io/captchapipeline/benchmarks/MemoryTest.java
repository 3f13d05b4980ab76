package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void memory_is_read_from_what_the_jvm_and_the_kernel_say() {
        var memory = Memory.read(
                "Name:\tjava\nVmHWM:\t  900000 kB\nVmRSS:\t  614400 kB\n",
                " garbage-first heap   total reserved 1048576K, committed 409600K, used 307200K [0x1, 0x2)",
                " garbage-first heap   total reserved 1048576K, committed 204800K, used 102400K [0x1, 0x2)");

        assertThat(memory).isEqualTo(new Memory(100, 400, 600));
    }
}
