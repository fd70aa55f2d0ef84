/**
 * Amazon Bedrock, runtime: {@code Converse} and {@code ConverseStream} for the models that the
 * configuration names, answered by the offline model or by any OpenAI-compatible server.
 *
 * <p><b>Requests.</b> {@code POST /model/{modelId}/converse} and {@code …/converse-stream} take
 * {@code system}, {@code messages} (text, {@code toolUse}, {@code toolResult}), {@code
 * inferenceConfig} and {@code toolConfig}. A conversation begins and ends with the user, its roles
 * alternate, and no text is blank. A history that holds tool calls needs {@code toolConfig}, and
 * every call its result.
 *
 * <p><b>Llama.</b> A model whose id says Llama refuses {@code toolConfig} in ConverseStream, any
 * {@code toolChoice} but {@code auto}, more than 8,192 tokens of answer, and all but text: as on
 * AWS, and whatever answers behind the wire. A call that passes here passes there.
 *
 * <p><b>Answers.</b> A stream is {@code messageStart}, then for each block {@code
 * contentBlockStart} (tools only), {@code contentBlockDelta} and {@code contentBlockStop}, then
 * {@code messageStop} and {@code metadata} with usage and latency. A failure before the stream is
 * an HTTP error, one within it an exception event. A stream without {@code messageStop} was cut.
 *
 * <p><b>Left out</b>, and refused by name where a request could ask for it: InvokeModel,
 * CountTokens, async invocations and the control plane; images, documents, video, audio, caching
 * points, reasoning; prompt management. Ignored: guardrails, service tiers, request metadata,
 * {@code additionalModelRequestFields}, {@code topK}. Quotas and prices are not simulated;
 * throttling comes from the fault switch or from the server behind.
 */
@NullMarked
package dev.microcos.local.services.bedrock;

import org.jspecify.annotations.NullMarked;
