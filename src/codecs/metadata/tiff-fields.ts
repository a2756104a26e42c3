/** A field of a directory of TIFF (TIFF 6.0, section 2). */
export interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where its twelve bytes stand. */
  readonly at: number;
  /** Where its value stands: in its own last four bytes, or elsewhere. It may end behind the bytes that there are. */
  readonly valueAt: number;
}

export interface Place {
  readonly view: DataView;
  readonly little: boolean;
  /** Where the first directory stands. */
  readonly at: number;
}

/** Bytes of a value of each type: TIFF 6.0, and IFD of its supplement 1. */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;

export function sizeOfType(type: number): number {
  return typeSizes[type] ?? 0;
}

/** The length of a field's value. */
export function fieldBytes({ type, count }: Field): number {
  return sizeOfType(type) * count;
}

interface Directory {
  readonly fields: readonly Field[];
  /** Behind the offset of the next directory. */
  readonly end: number;
  readonly next: number;
}

/** @returns `undefined` if the bytes end before the directory does. */
export function fieldsAt(view: DataView, at: number, little: boolean): Directory | undefined {
  if (at < 8 || at + 2 > view.byteLength) return undefined;
  const count = view.getUint16(at, little);
  const end = at + 2 + 12 * count + 4;
  if (end > view.byteLength) return undefined;
  const fields = Array.from({ length: count }, (_, index): Field => {
    const entry = at + 2 + 12 * index;
    const [type, values] = [view.getUint16(entry + 2, little), view.getUint32(entry + 4, little)];
    const isInline = sizeOfType(type) * values <= 4;
    return {
      tag: view.getUint16(entry, little),
      type,
      count: values,
      at: entry,
      valueAt: isInline ? entry + 8 : view.getUint32(entry + 8, little),
    };
  });
  return { fields, end, next: view.getUint32(end - 4, little) };
}
