import { encodedSrgb } from '../../../../codecs/common/srgb-curve.ts';
import { type FileBytes, viewAt } from '../../../../codecs/headers/file-bytes.ts';
import { damaged, endsTooEarly, notReadHere } from '../faults.ts';
import { inPieces } from '../in-pieces.ts';
import type { PsdHeader } from './psd-header.ts';

const RAW = 0;
const RUNS = 1;

/**
 * Hands out the flat picture's rows, channel by channel, as samples of 8 bits.
 * @param wanted how many of its channels.
 * @throws ItemError
 */
export function eachChannelRow(
  header: PsdHeader,
  file: FileBytes,
  name: string,
  wanted: number,
  take: (samples: Uint8Array, channel: number, y: number) => void,
): void {
  const { size, depth, imageAt } = header;
  const packing = viewAt(file, imageAt, 2)?.getUint16(0);
  if (packing === undefined) throw endsTooEarly(name);
  if (packing !== RAW && packing !== RUNS) throw notReadHere(name, `is compressed by method ${packing}`);
  const rowBytes = Math.ceil((size.width * depth) / 8);
  const rows = packing === RAW ? plainRows(header, rowBytes, wanted) : packedRows(header, file, name, wanted);
  const samplesOf = samplerOf(header);
  const unpacked = new Uint8Array(rowBytes);
  const pieces = inPieces(file);
  let index = 0;
  for (const { at, length } of rows) {
    const bytes = pieces.read(at, length);
    if (bytes.length < length) throw endsTooEarly(name);
    if (packing === RUNS && !unpack(bytes, unpacked))
      throw damaged(name, 'a row of pixels has another length than its runs');
    const row = packing === RUNS ? unpacked : bytes;
    take(samplesOf(row), Math.floor(index / size.height), index % size.height);
    index += 1;
  }
}

interface Place {
  readonly at: number;
  readonly length: number;
}

function* plainRows(
  { size, imageAt }: PsdHeader,
  rowBytes: number,
  channels: number,
): Generator<Place, void> {
  for (let i = 0; i < channels * size.height; i++) yield { at: imageAt + 2 + i * rowBytes, length: rowBytes };
}

/** Before the rows of all channels stand their lengths. */
function* packedRows(
  { size, channels, imageAt, isLarge }: PsdHeader,
  file: FileBytes,
  name: string,
  wanted: number,
): Generator<Place, void> {
  const countBytes = isLarge ? 4 : 2;
  const rows = channels * size.height;
  const counts = viewAt(file, imageAt + 2, countBytes * rows);
  if (!counts) throw endsTooEarly(name);
  let at = imageAt + 2 + countBytes * rows;
  for (let i = 0; i < wanted * size.height; i++) {
    const length = isLarge ? counts.getUint32(4 * i) : counts.getUint16(2 * i);
    yield { at, length };
    at += length;
  }
}

/** PackBits. @returns whether it fills the row; what is more than that is passed over. */
function unpack(bytes: Uint8Array, row: Uint8Array): boolean {
  let to = 0;
  for (let at = 0; at < bytes.length && to < row.length; ) {
    const code = bytes[at] ?? 0;
    at += 1;
    if (code < 128) {
      const length = Math.min(code + 1, row.length - to);
      if (at + length > bytes.length) return false;
      row.set(bytes.subarray(at, at + length), to);
      at += code + 1;
      to += length;
    } else if (code > 128) {
      if (at >= bytes.length) return false;
      const length = Math.min(257 - code, row.length - to);
      row.fill(bytes[at] ?? 0, to, to + length);
      at += 1;
      to += length;
    }
  }
  return to >= row.length;
}

function samplerOf({ depth, size }: PsdHeader): (row: Uint8Array) => Uint8Array {
  if (depth === 8) return (row) => row;
  const samples = new Uint8Array(size.width);
  return (row) => {
    for (let x = 0; x < samples.length; x++) samples[x] = sampleAt(row, x, depth);
    return samples;
  };
}

function sampleAt(row: Uint8Array, x: number, depth: 1 | 16 | 32): number {
  // A bit says black.
  if (depth === 1) return (((row[x >> 3] ?? 0) >> (7 - (x & 7))) & 1) === 1 ? 0 : 255;
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  if (depth === 16) return Math.round(view.getUint16(2 * x) / 257);
  const linear = Math.min(1, Math.max(0, view.getFloat32(4 * x) || 0));
  // Samples of 32 bits are linear in light.
  return Math.round(255 * encodedSrgb(linear));
}
