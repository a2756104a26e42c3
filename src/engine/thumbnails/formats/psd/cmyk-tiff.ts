import type { Size } from '../../../../codecs/common/geometry.ts';

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/**
 * A TIFF of inks, for libvips' colour management, which takes them only from a file.
 * @param inverted the inks as Photoshop stores them: 0 is all of one.
 */
export function cmykTiff(
  inverted: Uint8Array,
  { width, height }: Size,
  profile: Uint8Array | undefined,
): Buffer {
  const entries: (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 4, 8],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 5],
    [273, LONG, 1, 0],
    [277, SHORT, 1, 4],
    [278, LONG, 1, height],
    [279, LONG, 1, inverted.length],
    [284, SHORT, 1, 1],
    ...(profile ? [[34675, UNDEFINED, profile.length, 0] as const] : []),
  ];
  const bitsAt = 8 + 2 + 12 * entries.length + 4;
  const pixelsAt = bitsAt + 8;
  const profileAt = pixelsAt + inverted.length;
  const file = Buffer.alloc(profileAt + (profile?.length ?? 0));
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries.length, 8);
  const places: Readonly<Record<number, number>> = { 258: bitsAt, 273: pixelsAt, 34675: profileAt };
  entries.forEach(([tag, type, count, value], i) => {
    const at = 10 + 12 * i;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(places[tag] ?? value, at + 8);
  });
  for (let i = 0; i < 4; i++) file.writeUInt16LE(8, bitsAt + 2 * i);
  for (let i = 0; i < inverted.length; i++) file[pixelsAt + i] = 255 - (inverted[i] ?? 0);
  if (profile) file.set(profile, profileAt);
  return file;
}
