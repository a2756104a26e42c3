import { stat } from 'node:fs/promises';
import { type BrowserWindow, clipboard, shell } from 'electron';
import { t } from '../../languages/translate.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import type { SelectedItems, SelectionSummary } from '../../shared/ipc/selection.ts';
import { dragOut } from '../app/drag-out.ts';
import { popUpItemMenu } from '../app/item-menu.ts';
import { moduleAgain } from '../history/module-again.ts';
import { type ItemFiles, itemFiles } from '../images/item-files.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import { titleInWords } from '../inputs/kept-words.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import { countSelected, selectedItems } from '../runs/selected-items.ts';
import type { StoredItem } from '../views/row-store.ts';
import type { SelectionHandlers } from './handlers.ts';

/** Of more items than this it is not counted what can be done with them: the window would stand still meanwhile. */
const mostCounted = 200_000;
/** More lines than this are no text for a clipboard. */
const mostCopied = 100_000;
/** As many images as a person can give; of URLs, as many as are copied. */
const mostRedoneImages = 20_000;
const mostLookedAt = 1_000;

type Sessions = Pick<RunRegistry, 'get' | 'jobOf' | 'retryItems' | 'isOn'>;

/** The handlers for many items of a run at once. They know the items by the list that the page shows. */
export function selectionHandlers(
  window: () => BrowserWindow | undefined,
  sessions: Sessions,
  inputs: Pick<InputRegistry, 'registerPaths' | 'registerItems'>,
  modules: Pick<ModuleRegistry, 'offer'>,
): SelectionHandlers {
  function* filesOf(selected: SelectedItems): Generator<ItemFiles> {
    const { kind } = sessions.jobOf(selected.runId);
    for (const item of selectedItems(sessions.get(selected.runId), selected)) yield itemFiles(item, kind);
  }

  async function copy(
    texts: Iterable<string | undefined>,
    { tooMany, none }: { readonly tooMany: string; readonly none: string },
  ): Promise<{ copied: number }> {
    const lines = firstOf(texts, mostCopied);
    if (lines === undefined) throw new RequestProblem('TOO_MANY', tooMany);
    if (lines.length === 0) throw new RequestProblem('NOTHING', none);
    await clipboard.writeText(lines.join('\n'));
    return { copied: lines.length };
  }

  function summary(selected: SelectedItems): SelectionSummary {
    const run = sessions.get(selected.runId);
    const count = countSelected(run, selected);
    if (count > mostCounted) return { count };
    return { count, known: summaryOf(selectedItems(run, selected), sessions.jobOf(selected.runId).kind) };
  }

  return {
    'items:summary': async (selected) => summary(selected),
    'items:retry': async (selected) => {
      const { runId } = selected;
      const again = new Set<string>();
      for (const item of selectedItems(sessions.get(runId), selected)) {
        if (isRetryable(item)) again.add(item.input);
      }
      if (again.size === 0) {
        throw new RequestProblem('NOTHING_FAILED', t('None of these items failed or was cancelled.'));
      }
      return sessions.get(await sessions.retryItems(runId, again)).snapshot();
    },
    'items:redo': async (selected) => {
      const { kind, title, request } = sessions.jobOf(selected.runId);
      const most = kind === 'thumbnails' ? mostRedoneImages : mostCopied;
      const given = firstOf(inputsOf(selectedItems(sessions.get(selected.runId), selected)), most);
      if (given === undefined) {
        throw new RequestProblem(
          'TOO_MANY',
          t(
            'At most {{most, number}} items can be chosen for another run: give their folder or list instead.',
            { most },
          ),
        );
      }
      if (kind === 'thumbnails') return inputs.registerPaths(given);
      const name = t('{{chosen, number}} of {{title}}', {
        chosen: given.length,
        title: titleInWords(title),
      });
      const registration = { inputs: [inputs.registerItems(given, name)], refused: [] };
      if (request.kind !== 'map') return registration;
      return { ...registration, module: await moduleAgain(request.module, modules) };
    },
    'items:copy-paths': (selected) =>
      copy(
        pick(filesOf(selected), ({ file }) => file?.path),
        {
          tooMany: t(
            'More than {{most, number}} files are too much for the clipboard: save the report, which has them all.',
            { most: mostCopied },
          ),
          none: t('None of these items has a file.'),
        },
      ),
    'items:copy-urls': (selected) =>
      copy(
        pick(filesOf(selected), ({ url }) => url),
        {
          tooMany: t(
            'More than {{most, number}} URLs are too much for the clipboard: save the report, which has them all.',
            { most: mostCopied },
          ),
          none: t('None of these items has a URL.'),
        },
      ),
    'items:drag': async (selected) => {
      const contents = window()?.webContents;
      if (contents === undefined) return { dragged: 0, leftOut: 0, missing: 0 };
      return dragOut(contents, filesOf(selected), countSelected(sessions.get(selected.runId), selected));
    },
    'items:menu': async (selected) => {
      const parent = window();
      if (parent === undefined) return { chosen: null };
      return { chosen: await popUpItemMenu(parent, summary(selected), sessions.isOn) };
    },
    'items:reveal': async (selected) => {
      let looked = 0;
      for (const { file } of filesOf(selected)) {
        if (looked === mostLookedAt) break;
        if (file === undefined) continue;
        looked += 1;
        if ((await stat(file.path).catch(() => undefined)) === undefined) continue;
        shell.showItemInFolder(file.path);
        return;
      }
      throw new RequestProblem('FILE_GONE', t('None of these items has a file that is still there.'));
    },
  };
}

function isRetryable({ state }: StoredItem): boolean {
  return state === 'failed' || state === 'cancelled';
}

function summaryOf(items: Iterable<StoredItem>, kind: JobKind): NonNullable<SelectionSummary['known']> {
  const known = { retryable: 0, files: 0, urls: 0, bytesIn: 0, bytesOut: 0 };
  for (const item of items) {
    const { file, url } = itemFiles(item, kind);
    if (isRetryable(item)) known.retryable += 1;
    if (file !== undefined) known.files += 1;
    if (url !== undefined) known.urls += 1;
    if (item.state !== 'done') continue;
    known.bytesIn += item.bytesIn ?? 0;
    known.bytesOut += item.bytesOut ?? 0;
  }
  return known;
}

function* inputsOf(items: Iterable<StoredItem>): Generator<string> {
  for (const { input } of items) yield input;
}

function* pick(
  files: Iterable<ItemFiles>,
  of: (files: ItemFiles) => string | undefined,
): Generator<string | undefined> {
  for (const each of files) yield of(each);
}

/** Those that are there; undefined where they are more than that. */
function firstOf(texts: Iterable<string | undefined>, most: number): string[] | undefined {
  const found: string[] = [];
  for (const text of texts) {
    if (text === undefined) continue;
    if (found.length === most) return undefined;
    found.push(text);
  }
  return found;
}
