import type { Engine, ThumbnailRequest } from '../../engine/index.ts';
import { t } from '../../languages/translate.ts';
import type { Sample, Samples } from '../../shared/ipc/samples.ts';
import { InspectedPictures, type Shown } from '../images/inspected-pictures.ts';
import type { ThumbRegistry } from '../images/thumb-registry.ts';
import { makeSamples, type SamplesUnderWay } from './make-samples.ts';

/** A question is answered within about this time, in milliseconds, with what has been made by then. */
const patienceMs = 150;

/** The images that samples are made of: they stay the same while only the settings of thumbnails change. */
interface Chosen {
  readonly key: string;
  readonly paths: readonly string[];
  /** Whether all that was given has been looked at. */
  readonly final: boolean;
  readonly originals: InspectedPictures;
}

interface Latest {
  readonly key: string;
  readonly paths: readonly string[];
  readonly made: SamplesUnderWay;
}

/** The samples that the page asked for last. Those for older settings are stopped, as nobody looks at them. */
export class LatestSamples {
  readonly #engine: Pick<Engine, 'runApart'>;
  readonly #thumbs: ThumbRegistry;
  #chosen: Chosen | undefined;
  #latest: Latest | undefined;
  /** Still on the page until those for newer settings are there. */
  #former: SamplesUnderWay | undefined;

  constructor(engine: Pick<Engine, 'runApart'>, thumbs: ThumbRegistry) {
    this.#engine = engine;
    this.#thumbs = thumbs;
  }

  /** Takes note of what there is to choose from. `key` tells inputs, and which files of them are taken. */
  offer(key: string, paths: readonly string[], final: boolean): void {
    const chosen = this.#chosen;
    if (paths.length === 0 || (chosen?.key === key && (chosen.final || !final))) return;
    chosen?.originals.forget();
    this.#chosen = { key, paths, final, originals: new InspectedPictures(this.#thumbs) };
  }

  /** @returns undefined while it is not known which images there are. */
  async ask(key: string, request: ThumbnailRequest): Promise<Samples | undefined> {
    const chosen = this.#chosen;
    if (chosen?.key !== key) return undefined;
    const paths = [...chosen.paths];
    const wanted = JSON.stringify([request.recipe, paths]);
    if (this.#latest?.key !== wanted) {
      this.stop();
      this.#former?.forget();
      this.#former = this.#latest?.made;
      const made = makeSamples(
        { ...request, paths },
        (sampled, options) => this.#engine.runApart(sampled, options),
        this.#thumbs,
      );
      this.#latest = { key: wanted, paths, made };
    }
    const { made } = this.#latest;
    await endedOrLate(made.ended);
    const samples = await Promise.all(
      made.samples().map((sample, at) => withOriginal(sample, at, paths[at] ?? '', chosen.originals)),
    );
    return { samples, goesOn: made.goesOn };
  }

  /** What was stopped is made anew when it is asked for again. */
  stop(): void {
    const latest = this.#latest;
    if (!latest?.made.goesOn) return;
    latest.made.stop();
    this.#latest = { ...latest, key: '' };
  }
}

async function endedOrLate(ended: Promise<void>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patienceMs);
  await Promise.race([ended, late]);
  clearTimeout(timer);
}

async function withOriginal(
  sample: Sample,
  at: number,
  path: string,
  originals: InspectedPictures,
): Promise<Sample> {
  const shown = await originals.show(at, 'original', path);
  return 'id' in shown
    ? { ...sample, original: shown.id }
    : { ...sample, withoutOriginal: reasonOf(shown.why) };
}

function reasonOf(why: Extract<Shown, { why: string }>['why']): string {
  switch (why) {
    case 'format':
      return t('This window cannot draw the format of the original.');
    case 'gone':
      return t('The original is not there any more.');
    case 'size':
      return t('The original is too large for this window.');
  }
}
