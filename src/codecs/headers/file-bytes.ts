/** The bytes of a file, of which a header reader takes only what it needs. */
export interface FileBytes {
  readonly length: number;
  /** Fewer bytes where the file ends before; none beyond its end. */
  read(at: number, length: number): Uint8Array;
}

/** Bytes that are in memory. */
export function bytesInMemory(bytes: Uint8Array): FileBytes {
  return { length: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/** The numbers in the bytes at a place; `undefined` where the file ends before `length` bytes. */
export function viewAt(file: FileBytes, at: number, length: number): DataView | undefined {
  const bytes = file.read(at, length);
  return bytes.length < length ? undefined : new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** Whether a view holds these characters of one byte. */
export function holdsText(view: DataView, text: string, at = 0): boolean {
  if (at + text.length > view.byteLength) return false;
  for (let i = 0; i < text.length; i++) if (view.getUint8(at + i) !== text.charCodeAt(i)) return false;
  return true;
}
