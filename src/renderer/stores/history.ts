import { createStore } from 'zustand/vanilla';
import { t } from '../../languages/translate.ts';
import type { Comparison, FormerRun, JournalId, Undo } from '../../shared/ipc/history.ts';

/** A run that is to be undone or forgotten, before and after the question. */
export type Question =
  | { readonly kind: 'undo'; readonly run: FormerRun; readonly look?: Undo; readonly done?: Undo }
  | { readonly kind: 'remove'; readonly run: FormerRun };

interface HistoryState {
  /** Absent until main has read them. */
  readonly runs: readonly FormerRun[] | undefined;
  readonly search: string;
  /** Those to be compared: two at most. */
  readonly marked: readonly JournalId[];
  readonly comparison: Comparison | undefined;
  readonly question: Question | undefined;
}

export const historyStore = createStore<HistoryState>(() => ({
  runs: undefined,
  search: '',
  marked: [],
  comparison: undefined,
  question: undefined,
}));

export function searchHistory(search: string): void {
  historyStore.setState({ search });
}

/** Marks a run, or takes its mark away. Of three the one marked first loses its mark. */
export function toggleMark(id: JournalId): void {
  historyStore.setState(({ marked }) => ({
    marked: marked.includes(id) ? marked.filter((each) => each !== id) : [...marked.slice(-1), id],
  }));
}

export function ask(question: Question | undefined): void {
  historyStore.setState({ question });
}

export function closeComparison(): void {
  historyStore.setState({ comparison: undefined });
}

/** The runs whose title, settings or front end has the text. */
export function foundRuns(runs: readonly FormerRun[], search: string): readonly FormerRun[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return runs;
  return runs.filter(({ title, settings, front, kind }) =>
    [title, settings, front === 'terminal' ? t('command line') : front, kind].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
}
