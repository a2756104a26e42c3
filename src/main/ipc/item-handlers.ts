import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { clipboard, shell } from 'electron';
import { t } from '../../languages/translate.ts';
import type { ItemDetails } from '../../shared/ipc/item.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { InspectedPictures, Shown } from '../images/inspected-pictures.ts';
import { type ItemFiles, itemFiles } from '../images/item-files.ts';
import { opensSafely } from '../images/opens-safely.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { ItemHandlers } from './handlers.ts';

interface ItemOfRun {
  readonly runId: RunId;
  readonly index: number;
}

/** The handlers for one item of a run: what is known of it, and what a person does with its file. */
export function itemHandlers(sessions: Pick<RunRegistry, 'get' | 'jobOf' | 'inspectedOf'>): ItemHandlers {
  function filesOf({ runId, index }: ItemOfRun): ItemFiles {
    const item = sessions.get(runId).item(index);
    if (item === undefined) throw new RequestProblem('UNKNOWN_ITEM', t('This item is not in the run.'));
    return itemFiles(item, sessions.jobOf(runId).kind);
  }

  async function existing(of: ItemOfRun): Promise<string> {
    const path = filesOf(of).file?.path;
    if (path === undefined) throw new RequestProblem('NO_FILE', t('There is no file of this item.'));
    if ((await stat(path).catch(() => undefined)) === undefined) {
      throw new RequestProblem(
        'FILE_GONE',
        t('{{name}} is not there any more: it was moved, renamed or removed.', { name: basename(path) }),
      );
    }
    return path;
  }

  return {
    'item:details': async (of) => {
      const files = filesOf(of);
      const row = sessions.get(of.runId).row(of.index);
      if (row === undefined) throw new RequestProblem('UNKNOWN_ITEM', t('This item is not in the run.'));
      const { url, host, file } = files;
      const value = sessions.get(of.runId).item(of.index)?.value;
      return {
        row,
        ...(value !== undefined && value !== row.value && { value }),
        ...(url !== undefined && { url }),
        ...(host !== undefined && { host }),
        ...(file !== undefined && { file: file.which }),
        ...(await picturesOf(files, of.index, sessions.inspectedOf(of.runId))),
      };
    },
    'item:open': async (of) => {
      const path = await existing(of);
      if (!opensSafely(path)) {
        throw new RequestProblem(
          'MAY_BE_A_PROGRAM',
          t(
            '{{name}} is not a picture, a text or a film, and opening it might start a program. Show it in its folder instead.',
            { name: basename(path) },
          ),
        );
      }
      const problem = await shell.openPath(path);
      if (problem !== '') throw new RequestProblem('CANNOT_OPEN', problem);
    },
    'item:reveal': async (of) => {
      shell.showItemInFolder(await existing(of));
    },
    'item:copy-path': async (of) => {
      await clipboard.writeText(await existing(of));
    },
    'item:copy-url': async (of) => {
      const { url } = filesOf(of);
      if (url === undefined) throw new RequestProblem('NO_URL', t('This item has no URL.'));
      await clipboard.writeText(url);
    },
  };
}

async function picturesOf(
  { result, original }: ItemFiles,
  index: number,
  pictures: InspectedPictures,
): Promise<Pick<ItemDetails, 'result' | 'original' | 'withoutOriginal' | 'withoutResult'>> {
  const [made, before] = await Promise.all([
    result === undefined ? undefined : pictures.show(index, 'result', result),
    original === undefined ? undefined : pictures.show(index, 'original', original),
  ]);
  return {
    ...(made && 'id' in made && { result: made.id }),
    ...(made &&
      'why' in made &&
      made.why === 'gone' && {
        withoutResult: t('What was made is not there any more: it was moved, renamed or removed.'),
      }),
    ...(before && ('id' in before ? { original: before.id } : { withoutOriginal: reasonOf(before.why) })),
  };
}

function reasonOf(why: Extract<Shown, { why: string }>['why']): string {
  switch (why) {
    case 'format':
      return t('The original is not shown: this window cannot draw its format.');
    case 'gone':
      return t('The original is not shown: it is not there any more.');
    case 'size':
      return t('The original is not shown: it is too large for this window.');
  }
}
