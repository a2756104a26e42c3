import { basename } from 'node:path';
import { writeWhole } from '../../../files/write-whole.ts';
import { furtherFile } from '../further-file.ts';
import type { SetOfPictures } from '../set-of-pictures.ts';
import { cell } from './cell.ts';
import { type PageText, pageFoot, pageHead } from './page-text.ts';
import { rowHeightOf } from './row-height.ts';

/** So many scroll smoothly, and their page is held in memory until it is written. */
export const picturesAPage = 5_000;

/**
 * Writes the gallery: one page, or several that lead to each other. The first gets its name last, since it is the one that a
 * person opens: what it leads to is there.
 */
export async function writeGallery(set: SetOfPictures, file: string): Promise<readonly string[]> {
  const count = Math.max(1, Math.ceil(set.count / picturesAPage));
  const fileOf = (page: number) => (page === 1 ? file : furtherFile(set.folder, file, page));
  const address = (page: number) => encodeURIComponent(basename(fileOf(page)));
  const about = { title: set.title, count: set.count, pages: { count, address } };
  const rowHeight = await rowHeightOf(set);
  let first: string | undefined;
  const files: string[] = [];
  let page = 0;
  for await (const cells of pagesOf(set)) {
    page += 1;
    const text: PageText = { ...about, page, rowHeight };
    const content = [pageHead(text), ...cells, pageFoot(text)].join('');
    files.push(fileOf(page));
    if (page === 1) {
      first = content;
      continue;
    }
    await set.claim(fileOf(page));
    writeWhole(fileOf(page), Buffer.from(content), set.durable);
  }
  writeWhole(file, Buffer.from(first ?? ''), set.durable);
  return files;
}

/** The cells of each page: one page without any where there is no picture. */
async function* pagesOf(set: SetOfPictures): AsyncGenerator<string[], void> {
  let cells: string[] = [];
  let pages = 0;
  for await (const entry of set.entries()) {
    cells.push(cell(entry, set.folder));
    if (cells.length < picturesAPage) continue;
    pages += 1;
    yield cells;
    cells = [];
  }
  if (cells.length > 0 || pages === 0) yield cells;
}
