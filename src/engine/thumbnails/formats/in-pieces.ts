import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';

const pieceBytes = 1024 * 1024;

/** A file that is read a row at a time, forward: the disk is asked for a piece of many rows. */
export function inPieces(file: FileBytes): FileBytes {
  let from = 0;
  let piece = new Uint8Array(0);
  return {
    length: file.length,
    read(at, length) {
      if (at < from || at + length > from + piece.length) {
        from = at;
        piece = Uint8Array.from(file.read(at, Math.max(length, pieceBytes)));
      }
      return piece.subarray(at - from, at - from + length);
    },
  };
}
