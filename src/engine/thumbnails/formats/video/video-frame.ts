import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '../../../../codecs/common/raster.ts';
import type { FileBytes } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { boxesIn } from '../boxes.ts';
import { damaged, endsTooEarly, notReadHere } from '../faults.ts';
import type { ReaderSettings } from '../picture-reader.ts';
import { demuxerOf } from './demuxer.ts';
import { type FfmpegOutcome, runFfmpeg } from './run-ffmpeg.ts';

/** How far a frame is looked for that is not black, in seconds. */
const lookedThrough = 5;
/** The mean of brightness that a frame of a fade exceeds, of 255: black is 16. */
const darkest = 24;
/** Pixels that are not square become so. A shape of more than four to one is a fault of the file. */
const square = 'scale=trunc(iw*clip(sar\\,0.25\\,4)):ih,setsar=1';
const notBlack = `format=yuv420p,signalstats,metadata=mode=select:key=lavfi.signalstats.YAVG:value=${darkest}:function=greater`;
/** The header of a PPM. */
const headerBytes = 64;

/**
 * The first frame of a film that is not black, of its first seconds; if all are, the first. Turned as the film says.
 * @throws ItemError
 */
export async function videoFrame(ffmpeg: string, file: FileBytes, settings: ReaderSettings): Promise<Raster> {
  const { path } = settings;
  if (path !== undefined) return frameOf(ffmpeg, path, file, settings);
  // Only a file can be read back and forth.
  const folder = await mkdtemp(join(tmpdir(), 'shoal-video-'));
  try {
    const copy = join(folder, 'video');
    await writeFile(copy, file.read(0, file.length));
    return await frameOf(ffmpeg, copy, file, settings);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function frameOf(
  ffmpeg: string,
  path: string,
  file: FileBytes,
  settings: ReaderSettings,
): Promise<Raster> {
  const demuxer = demuxerOf(file);
  const run = (filter: string) =>
    runFfmpeg(
      ffmpeg,
      argumentsFor(path, demuxer, filter, settings.maxPixels),
      mostBytes(settings),
      settings.signal,
    );
  let outcome = await run(`${square},${notBlack}`);
  if (outcome.ends === 'itself' && outcome.output.length === 0) outcome = await run(square);
  const raster = outcome.ends === 'itself' ? rasterOfPpm(outcome.output) : undefined;
  if (!raster) throw failureOf(outcome, demuxer === 'mov' && endsWithinBox(file), settings);
  return raster;
}

/** The video is brought into a square-pixelled frame of RGB, once. Nothing but local files may be opened. */
function argumentsFor(path: string, demuxer: string, filter: string, maxPixels: number): string[] {
  return [
    ...['-threads', '1', '-max_pixels', String(maxPixels), '-protocol_whitelist', 'file,pipe'],
    ...['-f', demuxer, '-t', String(lookedThrough), '-i', `file:${path}`],
    ...['-an', '-sn', '-dn', '-vf', filter, '-frames:v', '1'],
    ...['-pix_fmt', 'rgb24', '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1'],
  ];
}

function mostBytes({ maxPixels }: ReaderSettings): number {
  return 3 * maxPixels + headerBytes;
}

function rasterOfPpm(bytes: Buffer): Raster | undefined {
  const header = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, headerBytes));
  if (!header) return undefined;
  const [text, width, height] = [header[0], Number(header[1]), Number(header[2])];
  const length = 3 * width * height;
  if (bytes.length < text.length + length) return undefined;
  const pixels = new Uint8Array(length);
  pixels.set(bytes.subarray(text.length, text.length + length));
  return { pixels, channels: 3, width, height };
}

function endsWithinBox(file: FileBytes): boolean {
  return [...boxesIn(file, 0, file.length)].some(({ to }) => to > file.length);
}

function failureOf(
  { ends, said }: FfmpegOutcome,
  isCut: boolean,
  { name, maxPixels }: ReaderSettings,
): ItemError {
  if (ends === 'not started') {
    return new ItemError('FFMPEG_MISSING', `${name} is a video, for which ffmpeg could not be started.`);
  }
  const cause = new Error(said);
  if (ends === 'too slow' || ends === 'aborted') {
    return new ItemError('DECODING_TOO_SLOW', `${name} took too long to decode, so that was given up.`);
  }
  if (ends === 'too much' || /max pixel count|Picture size \d+x\d+ is invalid/.test(said)) {
    return new ItemError(
      'TOO_MANY_PIXELS',
      `${name} has more than the ${maxPixels} pixels that are allowed.`,
      { cause },
    );
  }
  if (isCut || /moov atom not found|partial file|Truncat|End of file/i.test(said)) return endsTooEarly(name);
  if (/does not contain any stream|matches no streams/i.test(said))
    return notReadHere(name, 'has no pictures');
  if (/[Dd]ecoder .*not found|Unknown decoder|none found for codec/i.test(said)) {
    return notReadHere(name, 'has a kind of video that this ffmpeg does not know');
  }
  return damaged(name, 'ffmpeg finds no picture in it', cause);
}
