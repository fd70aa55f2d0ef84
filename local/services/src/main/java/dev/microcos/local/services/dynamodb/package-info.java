/**
 * Amazon DynamoDB in the local cloud: the part of it that an event-sourced application needs, on
 * the disk before a write answers.
 *
 * <p><b>Tables.</b> CreateTable, DescribeTable, ListTables, DeleteTable; a hash key and perhaps a
 * range key of type S, N or B. A table is active at once. UpdateTimeToLive and DescribeTimeToLive;
 * expired items are removed in the background by the clock of the local cloud.
 *
 * <p><b>Items.</b> PutItem, GetItem, UpdateItem, DeleteItem, Query, Scan, BatchGetItem and
 * BatchWriteItem with condition, filter, key condition, projection and update expressions. Every
 * read is consistent. An item has at most 400 KB, a page at most 1 MB, a number 38 digits; strings
 * and binaries are ordered by their unsigned bytes, numbers by value.
 *
 * <p><b>Left out.</b> Indexes, transactions, streams, PartiQL, backups, global tables, tags,
 * encryption settings, the parameters from before expressions ({@code Expected}, {@code
 * AttributesToGet}, …), parallel scans, throttling, the list of reserved words. What is left out is
 * refused by name.
 */
@NullMarked
package dev.microcos.local.services.dynamodb;

import org.jspecify.annotations.NullMarked;
