/**
 * Amazon SQS in the local cloud: Standard and FIFO queues that are on the disk before {@code
 * SendMessage} answers.
 *
 * <p><b>Queues.</b> CreateQueue, GetQueueUrl, ListQueues, GetQueueAttributes, SetQueueAttributes,
 * PurgeQueue, DeleteQueue. A queue's URL is {@code <endpoint>/000000000000/<name>}; wherever a URL
 * is asked for, its last part counts.
 *
 * <p><b>Messages.</b> SendMessage, ReceiveMessage with long polling, DeleteMessage and
 * ChangeMessageVisibility, each but the receive also as a batch; message attributes and their MD5;
 * delays; a redrive policy that moves a message to its dead-letter queue when it would be received
 * once more than {@code maxReceiveCount}.
 *
 * <p><b>FIFO.</b> A message group is exact: while one of its messages is in flight, none of it is
 * given out, and a message that becomes visible again comes before its successors. Deduplication
 * lasts five minutes, by id or by content, over the queue or over the message group. A receive may
 * bring several messages of one group and of several groups.
 *
 * <p><b>Fairness.</b> Groups are served in turn, in FIFO queues and, where messages have a group,
 * in Standard queues: however much one group sends, each other one has its turn.
 *
 * <p><b>After a crash.</b> What was sent and not deleted is there again, and what the dead process
 * held is visible at once. A deletion may be forgotten, as at AWS a message may come twice. Receive
 * counts go on, but for a fraction of a second that a crash may forget; of a message that has
 * outlived a process they are on the disk before it is received again, so that one that kills each
 * process reaches its dead-letter queue. Sequence numbers go on too, with a gap.
 *
 * <p><b>Syncs.</b> A send is one sync, and those of many senders are one together. Deletions and
 * receive counts join the next one.
 *
 * <p><b>Left out.</b> The older query protocol, permissions and policies, tags, message move tasks,
 * {@code ReceiveRequestAttemptId}, the limits of messages in flight, the sixty seconds after a
 * purge or a deletion, encryption (its settings are kept and shown, without effect). What is left
 * out is refused by name.
 */
@NullMarked
package dev.microcos.local.services.sqs;

import org.jspecify.annotations.NullMarked;
