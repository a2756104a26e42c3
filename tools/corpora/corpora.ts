/**
 * Runs any folder of images through Shoal, sharp and, where it is installed, Pillow, and prints where they disagree:
 * `npm run test:corpora DIR [-- --difference 12]`. Each draws an image turned, in sRGB, squeezed into the same square;
 * compared are whether it decodes and the mean difference of the pixels on white, of 255.
 *
 * Ends with 1 if Shoal fails where both others succeed, or differs from both by more than the bound.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

const { values, positionals } = parseArgs({
  options: { difference: { type: 'string', default: '12' } },
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? '.');
const mostDifferent = Number(values.difference);
const side = 64;
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const shoal = join(import.meta.dirname, '../../bin/shoal.cjs');

/** What one program made of an image: its pixels, or why there are none. */
type Drawing = { readonly pixels: Buffer } | { readonly error: string };

interface Image {
  readonly path: string;
  readonly shoal: Drawing;
  readonly sharp: Drawing;
  readonly pillow: Drawing | undefined;
}

const workplace = mkdtempSync(join(tmpdir(), 'shoal-corpora-'));
try {
  const byShoal = await drawnByShoal();
  // Other programs are given paths as text, which cannot hold a name that is not UTF-8.
  const paths = [...byShoal.keys()].filter((path) => !path.includes('\ufffd')).sort();
  if (paths.length === 0) throw new Error(`There are no images in ${folder}.`);
  const byPillow = await drawnByPillow(paths);
  const images: Image[] = [];
  for (const path of paths) {
    images.push({
      path,
      shoal: byShoal.get(path) ?? { error: 'no result' },
      sharp: await drawn(path, 'warning'),
      pillow: byPillow && (byPillow.get(path) ?? { error: 'no result' }),
    });
  }
  process.exitCode = report(images) === 0 ? 0 : 1;
} finally {
  rmSync(workplace, { recursive: true, force: true });
}

/** @returns how many images count against Shoal. */
function report(images: readonly Image[]): number {
  const lines: string[] = [];
  let against = 0;
  for (const { path, shoal, sharp, pillow } of images) {
    const others = [sharp, ...(pillow ? [pillow] : [])];
    const differences = others.map((other) => differenceOf(shoal, other));
    const allDraw = others.every((other) => 'pixels' in other);
    const isAlone =
      allDraw && ('error' in shoal || differences.every((difference) => (difference ?? 0) > mostDifferent));
    const disagrees = others.some(
      (other, index) => 'pixels' in other !== 'pixels' in shoal || (differences[index] ?? 0) > mostDifferent,
    );
    if (isAlone) against += 1;
    if (!disagrees) continue;
    const cells = [shoal, ...others].map((drawing, index) =>
      'error' in drawing
        ? drawing.error
        : index === 0
          ? 'drawn'
          : `${differences[index - 1]?.toFixed(1) ?? 'drawn'}`,
    );
    lines.push(
      `| ${[`${isAlone ? '**' : ''}${relative(folder, path)}${isAlone ? '**' : ''}`, ...cells].join(' | ')} |`,
    );
  }
  const programs = ['Shoal', 'sharp', ...(images[0]?.pillow ? ['Pillow'] : [])];
  process.stdout.write(
    `${images.length} images, ${lines.length} disagreements, ${against} of them Shoal's alone.\n`,
  );
  if (lines.length > 0) {
    process.stdout.write(`\n| image | ${programs.join(' | ')} |\n|---|${'---|'.repeat(programs.length)}\n`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return against;
}

/** Mean difference of the pixels, 0 to 255. Undefined if one of the two has drawn nothing. */
function differenceOf(one: Drawing, other: Drawing): number | undefined {
  if (!('pixels' in one && 'pixels' in other)) return undefined;
  let sum = 0;
  for (const [index, value] of one.pixels.entries()) sum += Math.abs(value - (other.pixels[index] ?? 0));
  return sum / one.pixels.length;
}

async function drawnByShoal(): Promise<Map<string, Drawing>> {
  const output = join(workplace, 'shoal');
  const args = [
    'thumbs',
    folder,
    '--json',
    '--size',
    '256',
    '--fit',
    'fill',
    '--format',
    'png',
    '--force',
    '--out',
    output,
  ];
  const { stdout } = spawnSync(process.execPath, [shoal, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const drawings = new Map<string, Drawing>();
  for (const line of stdout.split('\n').filter((line) => line !== '')) {
    const result = JSON.parse(line) as { input?: string; output?: string; error?: { code: string } };
    if (result.input === undefined) continue;
    drawings.set(
      result.input,
      result.output === undefined || result.error
        ? { error: result.error?.code ?? 'no output' }
        : await drawn(result.output, 'none'),
    );
  }
  return drawings;
}

async function drawn(path: string, failOn: 'warning' | 'none'): Promise<Drawing> {
  try {
    const pixels = await sharp(path, { failOn, autoOrient: true, limitInputPixels: 500_000_000 })
      .resize(side, side, { fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer();
    return { pixels };
  } catch (error) {
    return {
      error:
        String(error instanceof Error ? error.message : error)
          .split('\n')[0]
          ?.slice(0, 60) ?? '',
    };
  }
}

/** Undefined where Pillow is not installed. */
async function drawnByPillow(paths: readonly string[]): Promise<Map<string, Drawing> | undefined> {
  if (spawnSync(python, ['-c', 'import PIL']).status !== 0) return undefined;
  const script = join(import.meta.dirname, 'pillow.py');
  const input = `${paths.join('\n')}\n`;
  const printed = execFileSync(python, [script, workplace, String(side)], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const drawings = new Map<string, Drawing>();
  for (const [index, line] of printed.trim().split('\n').entries()) {
    const { path, error } = JSON.parse(line) as { path: string; error?: string };
    drawings.set(
      path,
      error === undefined ? await drawn(join(workplace, `${index}.png`), 'none') : { error },
    );
  }
  return drawings;
}
