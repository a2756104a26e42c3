import type { RunSnapshot, RunUpdate, Sample } from '../../shared/ipc/run.ts';

/** A run as the page knows it: the newest totals, and the chart's points so far. */
export interface RunView extends RunSnapshot {
  /** The person cancelled it: seen while it happened, as a finished run does not say so itself. */
  readonly wasCancelled?: boolean;
}

/** What an update means for the view. `gap`: something in between was missed, so a snapshot has to be asked for. */
export type Applied = { readonly view: RunView; readonly outcome: 'applied' | 'gap' | 'stale' };

/** More points than this say nothing more on a chart some hundred pixels wide; then every second one goes. */
export const mostSamples = 2_400;

/** Totals are whole in every update (last write wins); only rows and samples are increments. */
export function applyUpdate(view: RunView, update: RunUpdate): Applied {
  if (update.sequence <= view.sequence) return { view, outcome: 'stale' };
  const { rows: _rows, rowsLeftOut: _leftOut, samples, ...progress } = update;
  const gap = update.sequence > view.sequence + 1;
  return {
    // An estimate that main no longer gives must not stay from the update before.
    view: {
      ...view,
      secondsLeft: undefined,
      ...progress,
      samples: appended(view.samples, samples),
      wasCancelled: view.wasCancelled === true || update.state === 'cancelling',
    },
    outcome: gap ? 'gap' : 'applied',
  };
}

/** A snapshot that was asked for may arrive after a newer update: then only its chart is taken. */
export function applySnapshot(view: RunView | undefined, snapshot: RunSnapshot): RunView {
  if (view === undefined || view.runId !== snapshot.runId || snapshot.sequence >= view.sequence) {
    const cancelled = view?.runId === snapshot.runId && view.wasCancelled === true;
    return cancelled ? { ...snapshot, wasCancelled: true } : snapshot;
  }
  const newest = snapshot.samples.at(-1)?.atMs ?? -1;
  return { ...view, samples: [...snapshot.samples, ...view.samples.filter(({ atMs }) => atMs > newest)] };
}

function appended(samples: readonly Sample[], more: readonly Sample[]): Sample[] {
  const all = more.length === 0 ? (samples as Sample[]) : [...samples, ...more];
  return all.length <= mostSamples ? all : all.filter((_, at) => at % 2 === 0 || at === all.length - 1);
}

export function endedOf({ counters }: Pick<RunView, 'counters'>): number {
  return counters.done + counters.skipped + counters.failed + counters.cancelled;
}

/** The pool sizes that a run used, in order, one entry a change. */
export function poolSizesUsed({ samples, poolSize }: Pick<RunView, 'samples' | 'poolSize'>): number[] {
  const sizes: number[] = [];
  for (const size of [...samples.map((sample) => sample.poolSize), poolSize]) {
    if (sizes.at(-1) !== size) sizes.push(size);
  }
  return sizes;
}
