import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { needs } from '../needs.ts';

const isThere = (program: string, option: string) => spawnSync(program, [option]).error === undefined;

export const withCjxl = needs("cjxl (Debian's libjxl-tools)", isThere('cjxl', '--version'));
export const withOpenJpeg = needs("opj_compress (Debian's libopenjp2-tools)", isThere('opj_compress', '-h'));
export const withImg2pdf = needs("img2pdf (Debian's img2pdf)", isThere('img2pdf', '--version'));
export const withFfmpeg = needs("ffmpeg (Debian's ffmpeg)", isThere('ffmpeg', '-version'));

/** A picture of 120×80: red to blue from left to right, with a green disc in the upper left. */
export function gradient() {
  const svg = `<svg width="120" height="80"><defs><linearGradient id="g"><stop offset="0" stop-color="#c33"/>
    <stop offset="1" stop-color="#36c"/></linearGradient></defs><rect width="120" height="80" fill="url(#g)"/>
    <circle cx="24" cy="20" r="12" fill="#7a4"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

/** What a program makes of a file: `in.EXTENSION` becomes `out.EXTENSION`, which its arguments name. */
export function madeBy(
  program: string,
  args: readonly string[],
  input: { readonly name: string; readonly bytes: Uint8Array } | undefined,
  output: string,
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-made-'));
  try {
    if (input) writeFileSync(join(folder, input.name), input.bytes);
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, output));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
