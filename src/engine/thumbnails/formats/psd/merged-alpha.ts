import { type FileBytes, holdsText, viewAt } from '../../../../codecs/headers/file-bytes.ts';

/** More tagged blocks are not looked at. */
const mostBlocks = 1000;
/** Of PSB, these have lengths of 64 bits. */
const longKeys = [
  'LMsk',
  'Lr16',
  'Lr32',
  'Layr',
  'Mt16',
  'Mt32',
  'Mtrn',
  'Alph',
  'FMsk',
  'lnk2',
  'FEid',
  'FXid',
  'PxSD',
];

/**
 * Whether the flat picture's first further channel is its transparency, which the sign of the number of layers says. In files
 * of 16 and 32 bits the layers are in a tagged block.
 */
export function hasMergedAlpha(file: FileBytes, at: number, length: number, isLarge: boolean): boolean {
  if (length === 0) return false;
  const layers = lengthAt(file, at, isLarge);
  if (layers === undefined) return false;
  const lengthBytes = isLarge ? 8 : 4;
  if (layers > 0) return isNegative(file, at + lengthBytes);
  const end = at + length;
  const maskBytes = lengthAt(file, at + lengthBytes, false);
  if (maskBytes === undefined) return false;
  let block = at + lengthBytes + 4 + maskBytes;
  for (let i = 0; i < mostBlocks && block + 12 <= end; i++) {
    const view = viewAt(file, block, 8);
    if (!view || !(holdsText(view, '8BIM') || holdsText(view, '8B64'))) return false;
    if (['Mtrn', 'Mt16', 'Mt32'].some((key) => holdsText(view, key, 4))) return true;
    const isLong = isLarge && longKeys.some((key) => holdsText(view, key, 4));
    const bytes = lengthAt(file, block + 8, isLong);
    if (bytes === undefined) return false;
    const data = block + 8 + (isLong ? 8 : 4);
    if (['Lr16', 'Lr32', 'Layr'].some((key) => holdsText(view, key, 4))) return isNegative(file, data);
    block = data + 4 * Math.ceil(bytes / 4);
  }
  return false;
}

function isNegative(file: FileBytes, at: number): boolean {
  return (viewAt(file, at, 2)?.getInt16(0) ?? 0) < 0;
}

function lengthAt(file: FileBytes, at: number, isLong: boolean): number | undefined {
  const view = viewAt(file, at, isLong ? 8 : 4);
  return view && (isLong ? Number(view.getBigUint64(0)) : view.getUint32(0));
}
