import { createStore } from 'zustand/vanilla';
import type { Sample } from '../../shared/ipc/samples.ts';
import { request } from '../ipc/api.ts';
import { appStore } from './app.ts';
import { inputsStore } from './inputs.ts';
import { currentRequest, jobStore } from './job.ts';
import { previewStore } from './preview.ts';
import { runStore } from './run.ts';

interface SamplesState {
  /** Those made last. They stay on screen until newer ones are there. */
  readonly samples: readonly Sample[];
  /** Whether those for the settings of now are not all there yet. */
  readonly loading: boolean;
  /** The place of the one that is shown large. */
  readonly chosen: number;
}

const nothing: SamplesState = { samples: [], loading: false, chosen: 0 };

/** Some of the images at the settings of now, made before the start. */
export const samplesStore = createStore<SamplesState>(() => nothing);

export function chooseSample(chosen: number): void {
  samplesStore.setState({ chosen });
}

let lastAsked = '';
let lastPreview: unknown;
let wanted = false;
let asking = false;

/** Asks for samples when the job changes, and when the preview tells of more images. One question at a time is open. */
export function followSamples(): () => void {
  const changed = () => {
    const { run, starting } = runStore.getState();
    if (run !== undefined || starting) return;
    const asked = currentRequest();
    const { preview } = previewStore.getState();
    const key = asked?.job.kind === 'thumbnails' ? JSON.stringify([asked.inputs, asked.job]) : '';
    if (key === lastAsked && preview === lastPreview) return;
    const sameInputs = inputsOf(key) === inputsOf(lastAsked);
    lastAsked = key;
    lastPreview = preview;
    if (key === '' || !sameInputs) samplesStore.setState(nothing);
    if (key === '') return;
    wanted = true;
    void askWhileWanted();
  };
  const stops = [inputsStore, jobStore, appStore, previewStore].map((store) => store.subscribe(changed));
  changed();
  return () => {
    for (const stop of stops) stop();
  };
}

async function askWhileWanted(): Promise<void> {
  if (asking) return;
  asking = true;
  while (wanted) {
    wanted = false;
    const asked = currentRequest();
    const mine = lastAsked;
    const { run, starting } = runStore.getState();
    if (asked === undefined || mine === '' || run !== undefined || starting) break;
    samplesStore.setState({ loading: true });
    // Samples that could not be made are none: the preview says what is wrong.
    const answer = await request('samples:make', asked).catch(() => null);
    if (mine !== lastAsked) continue;
    wanted ||= answer?.goesOn === true;
    samplesStore.setState(({ samples }) => ({
      samples: answer === null ? samples : shownOf(samples, answer.samples),
      loading: answer?.goesOn === true,
    }));
  }
  asking = false;
}

/** A sample that is not made yet is shown as it was before. */
function shownOf(before: readonly Sample[], samples: readonly Sample[]): Sample[] {
  return samples.map((sample, at) => {
    const former = before[at];
    return sample.state === 'waiting' && former?.name === sample.name ? former : sample;
  });
}

function inputsOf(key: string): string {
  return key === '' ? '' : JSON.stringify((JSON.parse(key) as unknown[])[0]);
}

/** How large one item's thumbnails are on average, in bytes; undefined while none is made. */
export function bytesEach({ samples }: Pick<SamplesState, 'samples'>): number | undefined {
  const made = samples.flatMap(({ state, bytesOfAll }) =>
    state === 'made' && bytesOfAll !== undefined ? [bytesOfAll] : [],
  );
  return made.length === 0 ? undefined : made.reduce((sum, bytes) => sum + bytes, 0) / made.length;
}
