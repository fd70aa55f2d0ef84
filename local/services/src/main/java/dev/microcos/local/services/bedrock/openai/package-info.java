/**
 * Any server that speaks OpenAI's chat completions, as Ollama, vLLM and llama.cpp do, behind the
 * Bedrock wire. What fails is told in Bedrock's errors with words that name the way out.
 *
 * <p>It leaves out: images, audio, log probabilities, structured outputs, and a model's reasoning,
 * which is dropped.
 */
@NullMarked
package dev.microcos.local.services.bedrock.openai;

import org.jspecify.annotations.NullMarked;
