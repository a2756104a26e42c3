import { extname } from 'node:path';
import { writeWhole } from '../../../files/write-whole.ts';
import type { ContactSheetPayload, DrawnSheet } from '../../task/contact-sheet/contact-sheet.ts';
import { furtherFile } from '../further-file.ts';
import type { SetEntry, SetOfPictures } from '../set-of-pictures.ts';
import { drawAhead } from './draw-ahead.ts';
import type { DrawnPage } from './drawn-page.ts';
import { SheetFonts } from './sheet-fonts.ts';
import { layoutOf, paper } from './sheet-layout.ts';
import { type PageContent, type PlacedPicture, sheetPage, textsAsSvg } from './sheet-page.ts';

const pixelsAnInch = { image: 150, pdf: 200 } as const;
/** So many pages are drawn at the same time. */
const pagesAtOnce = 4;

/** Writes the pictures onto pages: images of their own, or those of a PDF. Not after an interruption, as it takes long. */
export async function writeContactSheet(set: SetOfPictures, file: string): Promise<readonly string[]> {
  try {
    set.signal?.throwIfAborted();
    return await writeSheet(set, file);
  } catch (error) {
    if (!set.signal?.aborted) throw error;
    set.onWarning('The contact sheet was left out, as the run was interrupted: the same command makes it.');
    return [];
  }
}

async function writeSheet(set: SetOfPictures, file: string): Promise<readonly string[]> {
  const fonts = new SheetFonts();
  const layout = await layoutOf(set);
  const extension = extname(file).toLowerCase();
  const isPdf = extension === '.pdf';
  const inch = isPdf ? pixelsAnInch.pdf : pixelsAnInch.image;
  const pages = Math.max(1, Math.ceil(set.count / layout.cells.length));
  const draw = async (content: PageContent): Promise<DrawnPage> => {
    const page = sheetPage(content, layout, fonts);
    const payload: ContactSheetPayload = {
      pictures: page.pictures.map((picture) => inPixels(picture, inch)),
      ...(!isPdf && { page: { ...ground(inch, extension), texts: textsAsSvg(page.texts, fonts, inch) } }),
    };
    return { page, drawn: await set.inThread<DrawnSheet>('contact-sheet', payload) };
  };
  const contents = contentsOf(set, layout.cells.length, { title: set.title, pages, pixelsAnInch: inch });
  const lacking = new LackingLetters(fonts);
  const drawn = counted(drawAhead(lacking.watch(contents), draw, pagesAtOnce), set);
  const files = isPdf
    ? await (await import('./write-pdf.ts')).writePdf(drawn, fonts, set, file)
    : await writeImages(drawn, set, file);
  lacking.warn(set);
  return files;
}

/** The first page gets its name last, as that is what a person opens. */
async function writeImages(
  pages: AsyncIterable<DrawnPage>,
  set: SetOfPictures,
  file: string,
): Promise<readonly string[]> {
  const files: string[] = [];
  let first: Uint8Array | undefined;
  for await (const { drawn } of pages) {
    const [image = new Uint8Array()] = drawn.images;
    const path = files.length === 0 ? file : furtherFile(set.folder, file, files.length + 1);
    if (files.length === 0) first = image;
    else {
      await set.claim(path);
      writeWhole(path, image, set.durable);
    }
    files.push(path);
  }
  if (first) writeWhole(file, first, set.durable);
  return files;
}

/** The pictures page by page: one page without any where there are none. */
async function* contentsOf(
  set: SetOfPictures,
  perPage: number,
  about: Pick<PageContent, 'title' | 'pages' | 'pixelsAnInch'>,
): AsyncGenerator<PageContent, void> {
  let entries: SetEntry[] = [];
  let page = 1;
  const content = (): PageContent => ({ ...about, page, first: (page - 1) * perPage + 1, entries });
  for await (const entry of set.entries()) {
    entries.push(entry);
    if (entries.length < perPage) continue;
    yield content();
    page += 1;
    entries = [];
  }
  if (entries.length > 0 || page === 1) yield content();
}

/** Tells in the end of what could not be read. */
async function* counted(
  pages: AsyncIterable<DrawnPage>,
  { onWarning }: SetOfPictures,
): AsyncGenerator<DrawnPage, void> {
  let unreadable = 0;
  for await (const page of pages) {
    unreadable += page.drawn.unreadable;
    yield page;
  }
  if (unreadable > 0) {
    onWarning(`${unreadable} of the thumbnails could not be read: the contact sheet is grey in their place.`);
  }
}

/** Counts the names that the fonts have no letters for. */
class LackingLetters {
  readonly #fonts: SheetFonts;
  #names = 0;
  #example = '';

  constructor(fonts: SheetFonts) {
    this.#fonts = fonts;
  }

  async *watch(contents: AsyncIterable<PageContent>): AsyncGenerator<PageContent, void> {
    for await (const content of contents) {
      for (const { name } of content.entries) {
        if (this.#fonts.drawable(name).isWhole) continue;
        this.#names += 1;
        this.#example ||= name;
      }
      yield content;
    }
  }

  warn({ onWarning }: SetOfPictures): void {
    if (this.#names === 0) return;
    const names = this.#names === 1 ? 'One name has' : `${this.#names} names have`;
    onWarning(
      `${names} letters that the contact sheet’s font lacks, such as ${this.#example}: there is a box for these, and the picture’s number.`,
    );
  }
}

function ground(inch: number, extension: string) {
  return {
    width: Math.round((paper.width * inch) / 72),
    height: Math.round((paper.height * inch) / 72),
    pixelsAnInch: inch,
    format: extension === '.png' ? ('png' as const) : ('jpeg' as const),
  };
}

function inPixels({ path, x, y, width, height }: PlacedPicture, inch: number) {
  const pixels = (points: number) => Math.round((points * inch) / 72);
  return {
    path,
    x: pixels(x),
    y: pixels(y),
    width: Math.max(1, pixels(width)),
    height: Math.max(1, pixels(height)),
  };
}
