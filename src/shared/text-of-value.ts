/** What a person's own function returned, as text: a string as it is, all else as JSON. */
export function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return isComposed(value) ? jsonOf(value) : JSON.stringify(value ?? null);
}

/**
 * A value that JSON cannot express (a BigInt, a cycle) is written as text: it must not end the run or break the line.
 */
export function jsonValue(value: unknown): unknown {
  return isComposed(value) ? JSON.parse(jsonOf(value)) : (value ?? null);
}

function isComposed(value: unknown): value is object | bigint | null {
  return typeof value === 'object' || typeof value === 'bigint';
}

function jsonOf(value: object | bigint | null): string {
  try {
    const text: string | undefined = JSON.stringify(value, (_key, field) =>
      typeof field === 'bigint' ? field.toString() : field,
    );
    if (text !== undefined) return text;
  } catch {
    // A cycle.
  }
  return JSON.stringify(String(value));
}
