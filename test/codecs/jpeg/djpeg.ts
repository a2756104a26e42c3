import { spawnSync } from 'node:child_process';
import { needs } from '../../needs.ts';

/** libjpeg-turbo's decoder, for what it shows of damaged files. Of Debian's libjpeg-turbo-progs. */
export const withDjpeg = needs(
  "cjpeg and djpeg (Debian's libjpeg-turbo-progs)",
  ['cjpeg', 'djpeg'].every((name) => spawnSync(name, ['-version']).error === undefined),
);

export interface Grey {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The light of a JPEG file; `undefined` if djpeg shows nothing of it. `warns`: whether djpeg says anything. */
export function djpeg(jpeg: Uint8Array): (Grey & { readonly warns: boolean }) | undefined {
  const made = spawnSync('djpeg', ['-grayscale', '-pnm'], { input: jpeg, maxBuffer: 64 * 1024 * 1024 });
  const [magic, width, height] = made.stdout.subarray(0, 30).toString('latin1').split(/\s/);
  if (magic !== 'P5') return undefined;
  const pixels = Number(width) * Number(height);
  const data = Buffer.alloc(pixels);
  made.stdout.copy(data, 0, `P5\n${width} ${height}\n255\n`.length);
  return { data, width: Number(width), height: Number(height), warns: made.stderr.length > 0 };
}

/** How many rows have a pixel that differs by more than 6 of 255. */
export function wrongRows(made: Grey, whole: Grey): number {
  if (made.width !== whole.width || made.height !== whole.height) return whole.height;
  let wrong = 0;
  for (let y = 0; y < whole.height; y++) {
    for (let x = y * whole.width; x < (y + 1) * whole.width; x++) {
      if (Math.abs((made.data[x] ?? 0) - (whole.data[x] ?? 0)) <= 6) continue;
      wrong++;
      break;
    }
  }
  return wrong;
}
