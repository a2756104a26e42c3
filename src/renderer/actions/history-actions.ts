import { request } from '../ipc/api.ts';
import { ask, historyStore, type Question } from '../stores/history.ts';
import { attempt } from '../stores/problem.ts';

export async function loadHistory(): Promise<void> {
  const runs = await attempt(() => request('history:list'));
  historyStore.setState(({ runs: before, marked }) => ({
    runs: runs ?? before ?? [],
    marked: marked.filter((id) => runs?.some((run) => run.id === id) ?? true),
  }));
}

/** Compares the two that are marked, the older one first. */
export async function compareMarked(): Promise<void> {
  const [a, b] = [...historyStore.getState().marked].sort();
  if (a === undefined || b === undefined) return;
  const comparison = await attempt(() => request('history:compare', { a, b }));
  if (comparison) historyStore.setState({ comparison });
}

/** Asks whether a run is to be undone: with what would go, once that is known. */
export async function askToUndo(run: Question['run']): Promise<void> {
  ask({ kind: 'undo', run });
  const look = await attempt(() => request('history:look-undo', { id: run.id }));
  const { question } = historyStore.getState();
  if (question?.kind !== 'undo' || question.run.id !== run.id) return;
  ask(look && { kind: 'undo', run, look });
}

export async function undo(run: Question['run']): Promise<void> {
  const done = await attempt(() => request('history:undo', { id: run.id }));
  ask(done && { kind: 'undo', run, done });
  await loadHistory();
}

export async function removeFromHistory({ id }: Question['run']): Promise<void> {
  await attempt(() => request('history:remove', { id }));
  ask(undefined);
  await loadHistory();
}
