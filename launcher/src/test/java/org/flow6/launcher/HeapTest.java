package org.flow6.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapTest {
    private final HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final String least = option("MinHeapFreeRatio");
    private final String most = option("MaxHeapFreeRatio");

    @AfterEach
    void putBack() {
        machine.setVMOption("MinHeapFreeRatio", "0");
        machine.setVMOption("MaxHeapFreeRatio", most);
        machine.setVMOption("MinHeapFreeRatio", least);
    }

    @Test
    void keepsLittleThatIsFreeWhenItHasNotGrownForAWhile() {
        try (Heap heap = new Heap()) {
            heap.look(Long.MAX_VALUE);
            for (int look = 1; look < Heap.QUIET; look++) {
                heap.look(Long.MAX_VALUE);
            }
            assertThat(option("MinHeapFreeRatio")).isEqualTo(least);
            heap.look(Long.MAX_VALUE);
            assertThat(option("MinHeapFreeRatio")).isEqualTo("5");
            assertThat(option("MaxHeapFreeRatio")).isEqualTo("8");
        }
    }

    @Test
    void growsInLargeStepsAsSoonAsItGrowsAgain() {
        try (Heap heap = new Heap()) {
            for (int look = 0; look <= Heap.QUIET; look++) {
                heap.look(1);
            }
            assertThat(option("MinHeapFreeRatio")).isEqualTo("5");
            heap.look(Long.MAX_VALUE);
            assertThat(option("MinHeapFreeRatio")).isEqualTo("50");
            assertThat(option("MaxHeapFreeRatio")).isEqualTo("60");
        }
    }

    private String option(String name) {
        return machine.getVMOption(name).getValue();
    }
}
