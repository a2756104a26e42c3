import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { boxesIn, type FileBox } from '../boxes.ts';
import type { Findings } from './findings.ts';
import { walkTiff } from './tiff-walk.ts';

/** Boxes that hold boxes (ISO/IEC 14496-12, section 4.2). */
const containers: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
/** Canon's two: metadata with the thumbnail, whose content is boxes; and the preview, before whose box are 8 bytes more. */
const canonBoxes: Readonly<Record<string, number>> = {
  '85c0b687820f11e08111f4ce462b6a48': 16,
  eaf42b5e1c984b88b9fbb7dc406e4d16: 24,
};
const mostBoxes = 1000;
const mostDepth = 8;

/**
 * Canon's CR3: `THMB` and `PRVW` hold a small and a large preview, behind their sizes; the samples of one track are a JPEG
 * of full size; `CMT1`, `CMT2` and `CMT4` are the directories of EXIF, as TIFF data of their own.
 */
export function walkCr3(file: FileBytes, found: Findings): void {
  let left = mostBoxes;
  const walk = (from: number, to: number, depth: number): void => {
    const samples: { at?: number; length?: number } = {};
    for (const box of boxesIn(file, from, to)) {
      if (left-- <= 0) break;
      const end = Math.min(to, box.to);
      const inside = containers.has(box.type)
        ? 0
        : box.type === 'uuid'
          ? canonContent(file, box.from)
          : undefined;
      if (inside !== undefined) {
        if (depth < mostDepth) walk(box.from + inside, end, depth + 1);
      } else readLeaf(file, { ...box, to: end }, found, samples);
    }
    if (samples.at !== undefined && samples.length !== undefined) found.addJpeg(samples.at, samples.length);
  };
  walk(0, file.length, 0);
}

function readLeaf(
  file: FileBytes,
  { type, from, to }: FileBox,
  found: Findings,
  samples: { at?: number; length?: number },
): void {
  const content = viewAt(file, from, Math.min(to - from, 24));
  if (!content) return;
  const size = content.byteLength;
  switch (type) {
    case 'THMB':
    case 'PRVW':
      found.addJpeg(from, to - from);
      return;
    case 'CMT1':
      walkTiff(file, from, found);
      return;
    case 'CMT2':
      walkTiff(file, from, found, 'exif');
      return;
    case 'CMT4':
      walkTiff(file, from, found, 'gps');
      return;
    // Sizes of samples: one for all, or a table (8.7.3); of the picture there is one.
    case 'stsz':
      if (size >= 12) samples.length = content.getUint32(4) || (size >= 16 ? content.getUint32(12) : 0);
      return;
    // Offsets of chunks of 32 and of 64 bits (8.7.5).
    case 'stco':
      if (size >= 12) samples.at = content.getUint32(8);
      return;
    case 'co64':
      if (size >= 16) samples.at = Number(content.getBigUint64(8));
  }
}

function canonContent(file: FileBytes, at: number): number | undefined {
  const id = Buffer.from(file.read(at, 16)).toString('hex');
  return canonBoxes[id];
}

/** Whether a raw photo is one. */
export function isCr3(head: DataView): boolean {
  return holdsText(head, 'ftyp', 4);
}
