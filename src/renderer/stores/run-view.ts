import type { Listed, RunSnapshot, RunUpdate, Sample } from '../../shared/ipc/run.ts';

/** A run as the page knows it: the latest totals, and all points of the chart so far. */
export interface RunView extends RunSnapshot {
  /** Whether the person cancelled the run. Noted when it happens, because a finished run does not tell. */
  readonly wasCancelled?: boolean;
}

/** How an update was applied. `gap`: an earlier update was missed, so a snapshot has to be asked for. */
export type Applied = { readonly view: RunView; readonly outcome: 'applied' | 'gap' | 'stale' };

/** With more points than this, every second one is dropped: a chart some hundred pixels wide cannot show more. */
export const mostSamples = 2_400;

/** Each update holds all totals (last write wins); only rows and samples are increments. */
export function applyUpdate(view: RunView, update: RunUpdate): Applied {
  if (update.sequence <= view.sequence) return { view, outcome: 'stale' };
  const { rows: _rows, rowsLeftOut: _leftOut, samples, ...progress } = update;
  const gap = update.sequence > view.sequence + 1;
  return {
    // Reset first: what the previous update estimated must not stay if main no longer does.
    view: {
      ...view,
      listed: undefined,
      secondsLeft: undefined,
      slowestHost: undefined,
      hosts: undefined,
      limit: undefined,
      idleFor: undefined,
      ...progress,
      samples: appended(view.samples, samples),
      wasCancelled: view.wasCancelled === true || update.state === 'cancelling',
    },
    outcome: gap ? 'gap' : 'applied',
  };
}

/** A snapshot may arrive after a newer update: then only its chart is used. */
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

/** How many items the list has, by their outcome: those that have results. */
export function listedOf({ listed, counters }: Pick<RunSnapshot, 'listed' | 'counters'>): Listed {
  return listed ?? counters;
}

export function endedOf({ counters }: Pick<RunView, 'counters'>): number {
  return counters.done + counters.skipped + counters.failed + counters.cancelled;
}

/** The pool sizes that a run used, in order, with one entry for each change. */
export function poolSizesUsed({ samples, poolSize }: Pick<RunView, 'samples' | 'poolSize'>): number[] {
  const sizes: number[] = [];
  for (const size of [...samples.map((sample) => sample.poolSize), poolSize]) {
    if (sizes.at(-1) !== size) sizes.push(size);
  }
  return sizes;
}
