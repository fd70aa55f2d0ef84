package dev.microcos.bench;

/**
 * Latencies in short.
 *
 * @param count how many were measured
 * @param p50Millis the median, in milliseconds
 * @param p99Millis the 99th percentile, in milliseconds
 * @param maxMillis the longest, in milliseconds
 */
record Distribution(int count, double p50Millis, double p99Millis, double maxMillis) {}
