package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessTreeTest {

  @Test
  void cpu_is_user_and_system_time_even_where_a_name_has_parentheses() {
    String stat =
        "42 (a (odd) name) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 7 8 20 0 9 0 1234 5 6 7";

    assertThat(ProcessTree.cpuSeconds(stat)).isCloseTo(1.75, within(1e-9));
  }

  @Test
  void an_ended_process_uses_nothing() {
    assertThat(ProcessTree.cpuSeconds("")).isZero();
    assertThat(ProcessTree.residentMebibytes("")).isZero();
  }

  @Test
  void memory_is_what_is_resident() {
    String status = "Name:\tjava\nVmHWM:\t  9999 kB\nVmRSS:\t  2048 kB\nThreads:\t3\n";

    assertThat(ProcessTree.residentMebibytes(status)).isCloseTo(2, within(1e-9));
  }
}
