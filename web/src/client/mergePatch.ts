import { isObject, type Json, type JsonObject } from './json';

/**
 * Applies an RFC 7396 merge patch and returns the result. The target is never changed, and what the
 * patch does not touch is shared with it, so that `===` tells what changed.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = Object.assign(Object.create(null), isObject(target) ? target : {});
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}
