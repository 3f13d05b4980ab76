package io.captchapipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryTest {
    @Test
    void memory_is_read_from_what_the_jvm_and_the_kernel_say() {
        var memory = Memory.read("Name:\tjava\nVmHWM:\t  900000 kB\nVmRSS:\t  614400 kB\n", """
                    S0C         S1C         S0U         S1U          EC           EU           OC           OU          MC
                   1024.0      1024.0         0.0       512.0     202752.0     102400.0     204800.0      90000.0     46592.0
                """, """
                    S0C         S1C         S0U         S1U          EC           EU           OC           OU          MC
                   1024.0      1024.0         0.0      1024.0     202752.0       1024.0     204800.0     100352.0     46592.0
                """);

        assertThat(memory).isEqualTo(new Memory(100, 400, 600));
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_running_jvm_is_asked() throws Exception {
        var memory = Memory.of(ProcessHandle.current().pid());

        assertThat(memory.live()).isPositive().isLessThanOrEqualTo(memory.committed());
        assertThat(memory.resident()).isPositive();
    }
}
