/** What a person's own function returned, as text: a string as it is, all else as JSON. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(jsonValue(value));
}

/**
 * A value that JSON cannot express (a BigInt, a cycle) is written as text: it must not end the run or break the line.
 */
export function jsonValue(value: unknown): unknown {
  if (typeof value !== 'object' && typeof value !== 'bigint') return value ?? null;
  try {
    const text = JSON.stringify(value, (_key, field) =>
      typeof field === 'bigint' ? field.toString() : field,
    );
    return JSON.parse(text);
  } catch {
    return String(value);
  }
}
