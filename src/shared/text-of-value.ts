/** What a person's own function returned, as text: a string as it is, bytes as text or in base64, all else as JSON. */
export function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  const bytes = bytesIn(value);
  if (bytes) return utf8Of(bytes) ?? base64Of(bytes);
  return isComposed(value) ? jsonOf(value) : JSON.stringify(value ?? null);
}

/**
 * A value as JSON has it. Bytes are text where they are UTF-8, and else `{ "base64": … }`; a Map is an array of its pairs
 * and a Set one of its values. What JSON cannot express (a BigInt, a cycle) is written as text: it must not end the run
 * or break the line.
 */
export function jsonValue(value: unknown): unknown {
  return isComposed(value) ? JSON.parse(jsonOf(value)) : (value ?? null);
}

function isComposed(value: unknown): value is object | bigint | null {
  return typeof value === 'object' || typeof value === 'bigint';
}

function jsonOf(value: object | bigint | null): string {
  try {
    const text: string | undefined = JSON.stringify(value, plainField);
    if (text !== undefined) return text;
  } catch {
    // A cycle, or deeper than JSON goes. What it would say of itself may fail in the same way.
  }
  return JSON.stringify(Object.prototype.toString.call(value));
}

/** Asks for the field itself: a Buffer has been made an array of numbers by then. */
function plainField(this: Readonly<Record<string, unknown>>, key: string, field: unknown): unknown {
  if (typeof field === 'bigint') return field.toString();
  if (typeof field !== 'object' || field === null) return field;
  const itself = this[key];
  const bytes = bytesIn(itself);
  if (bytes) return utf8Of(bytes) ?? { base64: base64Of(bytes) };
  if (itself instanceof Map || itself instanceof Set) return [...itself];
  if (ArrayBuffer.isView(itself)) return [...(itself as unknown as Iterable<unknown>)];
  if (itself instanceof Error) return Object.assign({ name: itself.name, message: itself.message }, itself);
  return itself instanceof RegExp ? String(itself) : field;
}

function bytesIn(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer || isShared(value)) return new Uint8Array(value);
  return value instanceof DataView
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : undefined;
}

/** The window's page has no such class, unless it is isolated from all other sites. */
function isShared(value: unknown): value is SharedArrayBuffer {
  return typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    // A decoder takes no memory that threads share.
    return utf8.decode(isShared(bytes.buffer) ? Uint8Array.from(bytes) : bytes);
  } catch {
    return undefined;
  }
}

/** So many bytes are made a string at once: each is an argument of its own. */
const atOnce = 8_192;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += atOnce) {
    binary += String.fromCharCode(...bytes.subarray(from, from + atOnce));
  }
  return btoa(binary);
}
