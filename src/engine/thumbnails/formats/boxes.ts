import { type FileBytes, viewAt } from '../../../codecs/headers/file-bytes.ts';

/** A box of ISO/IEC 14496-12 and its kin: a length, a type of four characters, and what is in it. */
export interface FileBox {
  readonly type: string;
  /** Where what it holds begins, and where it ends by its length: beyond the file, if that is cut. */
  readonly from: number;
  readonly to: number;
}

/** More boxes are not looked at: a hostile file could have millions. */
const mostBoxes = 10_000;

/** The boxes between two places, one after the other. Ends at what is no box. */
export function* boxesIn(file: FileBytes, from: number, to: number): Generator<FileBox, void> {
  let at = from;
  for (let i = 0; i < mostBoxes && at + 8 <= to; i++) {
    const view = viewAt(file, at, 8);
    if (!view) return;
    const short = view.getUint32(0);
    const long = short === 1 ? viewAt(file, at + 8, 8)?.getBigUint64(0) : undefined;
    if (short === 1 && long === undefined) return;
    const length = long === undefined ? short : Number(long);
    const header = long === undefined ? 8 : 16;
    const end = length === 0 ? to : at + length;
    if (end < at + header || !Number.isSafeInteger(end)) return;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(offset)));
    yield { type, from: at + header, to: end };
    at = end;
  }
}
