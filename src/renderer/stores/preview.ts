import { createStore } from 'zustand/vanilla';
import type { JobForecast, Preview } from '../../shared/ipc/job.ts';
import { request } from '../ipc/api.ts';
import { appStore } from './app.ts';
import { inputsStore } from './inputs.ts';
import { currentRequest, jobStore } from './job.ts';
import { runStore } from './run.ts';
import { screenStore } from './screen.ts';
import { isAtStart } from './stage.ts';

interface PreviewState {
  /** Whether the figures are not the last ones: they are counted, or about to be. */
  readonly loading: boolean;
  readonly preview: Preview | undefined;
  readonly problem: string | undefined;
  /** Comes some seconds after the preview, if it comes. */
  readonly forecast: JobForecast | undefined;
}

const nothing: PreviewState = {
  loading: false,
  preview: undefined,
  problem: undefined,
  forecast: undefined,
};

/** What the next run would do. The last answer stays on screen until a newer one arrives. */
export const previewStore = createStore<PreviewState>(() => nothing);

const settleMs = 150;
/** A forecast takes the processor for a second: it waits until nothing has been changed for so long. */
const forecastSettleMs = 400;
let asked = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastAsked = '';
let lastPoolSize: number | 'auto' | undefined;
let forecastTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Asks for a new preview when the inputs or the job change (a new pool size needs none). Elsewhere than at the start
 * nobody sees the answer, and counting would take time from a run.
 */
export function followPreview(): () => void {
  const changed = () => {
    if (!isAtStart()) return;
    const wanted = currentRequest();
    const key = wanted === undefined ? '' : JSON.stringify([wanted.inputs, wanted.job]);
    if (key === lastAsked) {
      if (wanted?.poolSize !== lastPoolSize) foretellSoon(asked);
      return;
    }
    const first = lastAsked === '';
    lastAsked = key;
    clearTimeout(timer);
    clearTimeout(forecastTimer);
    asked += 1;
    if (wanted === undefined) previewStore.setState(nothing);
    else {
      previewStore.setState({ loading: true, forecast: undefined });
      timer = setTimeout(ask, first ? 0 : settleMs, asked);
    }
  };
  const stops = [inputsStore, jobStore, appStore, screenStore].map((store) => store.subscribe(changed));
  changed();
  return () => {
    for (const stop of stops) stop();
  };
}

/** Asks again although nothing was changed here: the disk may have changed, above all by a run. */
export async function refreshPreview(): Promise<void> {
  lastAsked = '';
  asked += 1;
  if (currentRequest() === undefined) return;
  previewStore.setState({ loading: true });
  await ask(asked);
}

async function ask(mine: number): Promise<void> {
  const wanted = currentRequest();
  if (wanted === undefined) return;
  // A run may have been started since: the count goes on when the start is shown again.
  if (!isAtStart()) {
    lastAsked = '';
    return;
  }
  let next: PreviewState;
  try {
    next = { ...nothing, preview: await request('run:preview', wanted) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    next = { ...nothing, problem };
  }
  // Otherwise a newer preview was asked for in the meantime.
  if (mine !== asked) return;
  const goesOn = next.preview?.goesOn === true;
  previewStore.setState({ ...next, loading: goesOn });
  if (goesOn) await ask(mine);
  else if (next.preview?.partial === false) foretellSoon(mine);
}

/** Whether a run would make or remove something, as far as is known: what is still counted may bring something to do. */
export function canStart({ loading, preview, problem }: PreviewState): boolean {
  if (problem !== undefined) return false;
  if (loading || preview === undefined || preview.partial || workOf(preview) > 0) return true;
  return makesOnlySets(preview) || (preview.removals ?? 0) > 0;
}

/** Whether all is done already, of which something is to be made together. */
export function makesOnlySets(preview: Preview): boolean {
  const job = currentRequest()?.job;
  const wantsSets = job?.kind === 'thumbnails' && (job.sets?.length ?? 0) > 0;
  return wantsSets && !preview.partial && preview.skipped > 0 && workOf(preview) === 0;
}

/** The items that a run would work on, of those that have been looked at. */
export function workOf({ seen, skipped, unusable }: Preview): number {
  return seen - skipped - unusable;
}

function foretellSoon(mine: number): void {
  clearTimeout(forecastTimer);
  previewStore.setState({ forecast: undefined });
  lastPoolSize = currentRequest()?.poolSize;
  forecastTimer = setTimeout(() => void foretell(mine), forecastSettleMs);
}

/** A run that could not be foretold is no less good: nothing is said. */
async function foretell(mine: number): Promise<void> {
  const wanted = currentRequest();
  const { on, starting } = runStore.getState();
  if (wanted === undefined || on !== undefined || starting) return;
  const forecast = await request('run:forecast', wanted).catch(() => null);
  if (mine === asked && forecast && wanted.poolSize === lastPoolSize) previewStore.setState({ forecast });
}
