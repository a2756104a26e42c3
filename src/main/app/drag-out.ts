import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeImage, type WebContents } from 'electron';
import { t } from '../../languages/translate.ts';
import type { ItemFiles } from '../images/item-files.ts';
import { RequestProblem } from '../jobs/request-problem.ts';

/** As many as another program is likely to take at once; each is looked at before, while the person holds the button. */
const mostFiles = 1_000;
const statsAtOnce = 32;
/** In pixels. A picture under the pointer must not hide where it is dropped. */
const iconHeight = 64;
const usualIcon = join(import.meta.dirname, '../../resources/dragged-file.png');

/**
 * Lets the system drag the files that were made of these items. Originals stay: a program that moves what it is given
 * would take them away.
 */
export async function dragOut(
  contents: WebContents,
  items: Iterable<ItemFiles>,
  count: number,
): Promise<{ dragged: number; leftOut: number; missing: number }> {
  const files: string[] = [];
  let looked = 0;
  let waiting: ItemFiles[] = [];
  const look = async () => {
    const found = await Promise.all(waiting.map(madeFile));
    files.push(...found.filter((path) => path !== undefined));
    looked += waiting.length;
    waiting = [];
  };
  for (const item of items) {
    if (looked + waiting.length === mostFiles) break;
    if (waiting.push(item) === statsAtOnce) await look();
  }
  await look();
  const [file] = files;
  if (file === undefined) {
    throw new RequestProblem('NO_FILE', t('Nothing was made of these items that could be dragged.'));
  }
  contents.startDrag({ file, files, icon: iconOf(file) });
  return { dragged: files.length, leftOut: count - looked, missing: looked - files.length };
}

async function madeFile({ file }: ItemFiles): Promise<string | undefined> {
  if (file?.which !== 'result') return undefined;
  const found = await stat(file.path).catch(() => undefined);
  return found?.isFile() === true ? file.path : undefined;
}

/** Of the picture itself where the system can draw it, which is JPEG and PNG. */
function iconOf(path: string) {
  const image = nativeImage.createFromPath(path);
  return image.isEmpty() ? nativeImage.createFromPath(usualIcon) : image.resize({ height: iconHeight });
}
