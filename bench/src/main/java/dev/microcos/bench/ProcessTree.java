package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What {@code /proc} says of processes; Linux only. */
final class ProcessTree {
  /** USER_HZ: Linux counts CPU time for user space in hundredths of a second. */
  private static final double TICKS_PER_SECOND = 100;

  private ProcessTree() {}

  /** User and system CPU of living processes in seconds, to a hundredth. */
  static double cpuSeconds(List<ProcessHandle> processes) throws IOException {
    double seconds = 0;
    for (ProcessHandle process : processes) {
      seconds += cpuSeconds(read(process, "stat"));
    }
    return seconds;
  }

  /** The same of one {@code /proc/<pid>/stat}; zero for the empty string of an ended process. */
  static double cpuSeconds(String stat) {
    if (stat.isEmpty()) {
      return 0;
    }
    // The second field, the name, may hold spaces and parentheses; utime and stime are 14 and 15.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory in MiB, pages that processes share counted for each. */
  static double residentMebibytes(List<ProcessHandle> processes) throws IOException {
    double mebibytes = 0;
    for (ProcessHandle process : processes) {
      mebibytes += residentMebibytes(read(process, "status"));
    }
    return mebibytes;
  }

  /** The same of one {@code /proc/<pid>/status}; zero if it has none. */
  static double residentMebibytes(String status) {
    return status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }

  /** CPU that the whole machine has spent on anything, in seconds since it booted. */
  static double machineSeconds() throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +", -1);
    // user, nice, system, irq, softirq and steal; not idle and iowait
    long ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static String read(ProcessHandle process, String file) throws IOException {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (NoSuchFileException ended) {
      return "";
    }
  }
}
