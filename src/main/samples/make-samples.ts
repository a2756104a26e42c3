import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { RunOptions, Summary, ThumbnailRequest } from '../../engine/index.ts';
import { inScratchFolder } from '../../engine/run/front-ends/index.ts';
import type { Sample } from '../../shared/ipc/samples.ts';
import type { ItemResult } from '../../shared/result.ts';
import { readPicture } from '../images/picture-file.ts';
import type { RunThumbs, ThumbImage, ThumbRegistry } from '../images/thumb-registry.ts';

/** Larger pictures are not shown: eight of them are held in memory. */
const mostBytes = 8 * 1024 * 1024;
/** Samples that take longer, in milliseconds, are not waited for. */
const longestMs = 20_000;

type MakeSample = (request: ThumbnailRequest, options: RunOptions) => Promise<Summary>;

/** Samples being made of some images at some settings. */
export interface SamplesUnderWay {
  samples(): Sample[];
  readonly goesOn: boolean;
  readonly ended: Promise<void>;
  /** Stops what is under way; what was made stays until it is forgotten. */
  stop(): void;
  forget(): void;
}

/** Makes thumbnails of some images into a folder that is removed, and keeps them in memory to be looked at. */
export function makeSamples(
  request: ThumbnailRequest,
  make: MakeSample,
  thumbs: ThumbRegistry,
): SamplesUnderWay {
  const stop = new AbortController();
  const pictures = new Map<number, ThumbImage>();
  const ids: RunThumbs = thumbs.register(async (place) => pictures.get(place));
  const places = new Map(request.paths.map((path, at) => [path, at]));
  const samples: Sample[] = request.paths.map((path) => ({ name: basename(path), state: 'waiting' }));
  let goesOn = true;

  async function take(result: ItemResult): Promise<void> {
    const place = places.get(result.input);
    if (place === undefined || result.status === 'cancelled') return;
    const name = basename(result.input);
    if (result.status === 'failed' && result.error) {
      const { code, message } = result.error;
      samples[place] = { name, state: 'failed', error: { code, message } };
      return;
    }
    const { output, width, height, bytesOut } = largestOf(result);
    const picture = output === undefined ? undefined : await readPicture(output, mostBytes);
    if (picture) pictures.set(place, picture);
    const figures = { width, height, bytesIn: result.bytesIn, bytesOut, bytesOfAll: result.bytesOut };
    samples[place] = { name, state: 'made', ...(picture && { result: ids.idOf(place) }), ...figures };
  }

  const making = inScratchFolder(async (outputFolder) => {
    const timer = setTimeout(() => stop.abort(), longestMs);
    const taking: Promise<void>[] = [];
    try {
      await make(
        { ...request, outputFolder },
        {
          poolSize: Math.min(request.paths.length, availableParallelism()),
          signal: stop.signal,
          onResult: (result) => taking.push(take(result)),
        },
      );
    } finally {
      clearTimeout(timer);
      await Promise.allSettled(taking);
    }
  });
  const ended = making
    .catch(() => undefined)
    .then(() => {
      for (const sample of samples) if (sample.state === 'waiting') sample.state = 'late';
      goesOn = false;
    });
  return {
    samples: () => [...samples],
    get goesOn() {
      return goesOn;
    },
    ended,
    stop: () => stop.abort(),
    forget: () => ids.forget(),
  };
}

/** Of several sizes the largest: it shows the most. */
function largestOf(result: ItemResult): Pick<ItemResult, 'output' | 'width' | 'height' | 'bytesOut'> {
  const area = ({ width = 0, height = 0 }: Pick<ItemResult, 'width' | 'height'>) => width * height;
  return (result.outputs ?? [result]).reduce((most, each) => (area(each) > area(most) ? each : most));
}
