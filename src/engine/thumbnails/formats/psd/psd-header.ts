import type { Size } from '../../../../codecs/common/geometry.ts';
import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { damaged, endsTooEarly, notReadHere } from '../faults.ts';
import { hasMergedAlpha } from './merged-alpha.ts';

/** Of Adobe's numbers, those that are read. Duotone is greyscale for all that do not know its inks. */
export type PsdMode = 'bitmap' | 'grey' | 'indexed' | 'rgb' | 'cmyk' | 'lab';

/** What a Photoshop file says before its flat picture. */
export interface PsdHeader {
  readonly size: Size;
  readonly mode: PsdMode;
  readonly depth: 1 | 8 | 16 | 32;
  readonly channels: number;
  /** Whether the channel behind those of the colours says what is transparent. */
  readonly hasAlpha: boolean;
  /** A colour table of 256 reds, then greens, then blues. */
  readonly table: Uint8Array;
  /** Its resources by their numbers. */
  readonly resources: ReadonlyMap<number, Resource>;
  /** Where the flat picture is. */
  readonly imageAt: number;
  /** PSB, whose lengths are longer. */
  readonly isLarge: boolean;
}

interface Resource {
  readonly at: number;
  readonly length: number;
}

const headerBytes = 26;
const mostResources = 4096;
const modes: Readonly<Record<number, PsdMode>> = {
  0: 'bitmap',
  1: 'grey',
  2: 'indexed',
  3: 'rgb',
  4: 'cmyk',
  8: 'grey',
  9: 'lab',
};
export const colourChannels: Readonly<Record<PsdMode, number>> = {
  bitmap: 1,
  grey: 1,
  indexed: 1,
  rgb: 3,
  cmyk: 4,
  lab: 3,
};

/** Adobe Photoshop File Formats Specification: the header, and the three sections before the image data. @throws ItemError */
export function readPsdHeader(file: FileBytes, name: string): PsdHeader {
  const view = viewAt(file, 0, headerBytes);
  if (!view) throw endsTooEarly(name);
  const isLarge = view.getUint16(4) === 2;
  const channels = view.getUint16(12);
  const size = { width: view.getUint32(18), height: view.getUint32(14) };
  const depth = view.getUint16(22);
  const modeNumber = view.getUint16(24);
  const longest = isLarge ? 300_000 : 30_000;
  if (size.width === 0 || size.height === 0 || Math.max(size.width, size.height) > longest) {
    throw damaged(name, `its size is told as ${size.width}×${size.height}`);
  }
  const mode = modes[modeNumber];
  if (mode === undefined) throw notReadHere(name, `has colours of mode ${modeNumber} (multichannel is 7)`);
  if (!isDepth(depth) || (depth === 1) !== (mode === 'bitmap') || (mode === 'indexed' && depth !== 8)) {
    throw notReadHere(name, `has samples of ${depth} bits`);
  }
  if (channels < colourChannels[mode] || channels > 56) throw damaged(name, 'it has too few channels');
  const table = lengthAt(file, headerBytes, false, name);
  const resourcesAt = headerBytes + 4 + table;
  const resourceBytes = lengthAt(file, resourcesAt, false, name);
  const layersAt = resourcesAt + 4 + resourceBytes;
  const lengthBytes = isLarge ? 8 : 4;
  const layerBytes = lengthAt(file, layersAt, isLarge, name);
  return {
    size,
    mode,
    depth,
    channels,
    hasAlpha:
      channels > colourChannels[mode] && hasMergedAlpha(file, layersAt + lengthBytes, layerBytes, isLarge),
    table: mode === 'indexed' ? file.read(headerBytes + 4, Math.min(table, 768)) : new Uint8Array(0),
    resources: readResources(file, resourcesAt + 4, resourceBytes),
    imageAt: layersAt + lengthBytes + layerBytes,
    isLarge,
  };
}

function isDepth(depth: number): depth is PsdHeader['depth'] {
  return depth === 1 || depth === 8 || depth === 16 || depth === 32;
}

function lengthAt(file: FileBytes, at: number, isLong: boolean, name: string): number {
  const view = viewAt(file, at, isLong ? 8 : 4);
  const length = view && (isLong ? Number(view.getBigUint64(0)) : view.getUint32(0));
  if (length === undefined || at + length > file.length) throw endsTooEarly(name);
  return length;
}

/** What is not a resource ends their list: the picture behind them may be whole all the same. */
function readResources(file: FileBytes, from: number, length: number): Map<number, Resource> {
  const resources = new Map<number, Resource>();
  for (let at = from; resources.size < mostResources && at + 12 <= from + length; ) {
    const view = viewAt(file, at, 8);
    if (!view || !(holdsText(view, '8BIM') || holdsText(view, 'MeSa') || holdsText(view, 'PHUT'))) break;
    // The name's length and the name take an even number of bytes together.
    const dataAt = at + 6 + 2 * Math.floor((view.getUint8(6) + 2) / 2);
    const bytes = viewAt(file, dataAt, 4)?.getUint32(0) ?? 0;
    if (dataAt + 4 + bytes > from + length) break;
    resources.set(view.getUint16(4), { at: dataAt + 4, length: bytes });
    at = dataAt + 4 + bytes + (bytes % 2);
  }
  return resources;
}

/** The bytes of a resource, a copy; `undefined` if there is none, or an absurdly long one. */
export function resourceOf(file: FileBytes, { resources }: PsdHeader, id: number): Uint8Array | undefined {
  const resource = resources.get(id);
  if (!resource || resource.length === 0 || resource.length > 16 * 1024 * 1024) return undefined;
  return file.read(resource.at, resource.length).slice();
}
