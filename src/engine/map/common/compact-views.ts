/** So many objects of one value are looked at at most: to search all of a large one would take longer than to copy it. */
const mostVisited = 10_000;
const deepest = 32;

/** The value has a circle, is too large or too deep: it is left as it is. */
class NotSearched extends Error {}

/**
 * Replaces each view that shows only a part of its buffer by a copy of that part. To post a view is to copy all of its
 * buffer; that of a small `Buffer` is the 64 KiB that Node keeps for many of them. Whatever holds such views is copied as
 * far as it takes, and the value itself stays as it is.
 * @param moved buffers that are moved, and not copied.
 */
export function withCompactViews(value: unknown, moved: readonly unknown[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    return new Search(moved).compact(value, 0);
  } catch {
    // Also where a property throws when it is read: whoever posts the value tells of it.
    return value;
  }
}

class Search {
  readonly #moved: readonly unknown[];
  /** What an object has become; itself, if nothing in it has changed. */
  readonly #done = new Map<object, unknown>();
  readonly #open = new Set<object>();
  #left = mostVisited;

  constructor(moved: readonly unknown[]) {
    this.#moved = moved;
  }

  compact(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (this.#done.has(value)) return this.#done.get(value);
    this.#left -= 1;
    if (this.#left < 0 || depth > deepest || this.#open.has(value)) throw new NotSearched();
    this.#open.add(value);
    const compacted = ArrayBuffer.isView(value) ? this.#view(value) : this.#container(value, depth + 1);
    this.#open.delete(value);
    this.#done.set(value, compacted);
    return compacted;
  }

  #view(view: ArrayBufferView): unknown {
    const { buffer, byteOffset, byteLength } = view;
    if (!(buffer instanceof ArrayBuffer) || byteLength === buffer.byteLength || this.#moved.includes(buffer))
      return view;
    const part = buffer.slice(byteOffset, byteOffset + byteLength);
    if (view instanceof DataView) return new DataView(part);
    if (Buffer.isBuffer(view)) return new Uint8Array(part);
    const View = view.constructor as new (buffer: ArrayBuffer) => ArrayBufferView;
    return new View(part);
  }

  #container(value: object, depth: number): unknown {
    if (Array.isArray(value)) return this.#array(value, depth);
    if (value instanceof Map) {
      const before = [...value].flat();
      const after = this.#array(before, depth);
      return after === before ? value : new Map(pairsOf(after));
    }
    if (value instanceof Set) {
      const before = [...value];
      const after = this.#array(before, depth);
      return after === before ? value : new Set(after);
    }
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null ? this.#object(value, depth) : value;
  }

  #array(array: unknown[], depth: number): unknown[] {
    // A large one is mostly of numbers or texts; one with holes would lose them.
    if (array.length > mostVisited) throw new NotSearched();
    let changed: unknown[] | undefined;
    for (const [at, element] of array.entries()) {
      const compacted = this.compact(element, depth);
      if (compacted === element) continue;
      changed ??= array.slice();
      changed[at] = compacted;
    }
    return changed ?? array;
  }

  #object(object: object, depth: number): object {
    let changed: Record<string, unknown> | undefined;
    for (const key of Object.keys(object)) {
      const value = (object as Record<string, unknown>)[key];
      const compacted = this.compact(value, depth);
      if (compacted === value) continue;
      changed ??= { ...object };
      changed[key] = compacted;
    }
    return changed ?? object;
  }
}

function* pairsOf(flat: readonly unknown[]): Generator<[unknown, unknown]> {
  for (let at = 0; at < flat.length; at += 2) yield [flat[at], flat[at + 1]];
}
