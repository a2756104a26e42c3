import PDFDocument from 'pdfkit';
import { ItemError } from '../../../../shared/failure.ts';
import { PartFile } from '../../../files/parts/part-file.ts';
import { systemItemError } from '../../../files/system-error.ts';
import { furtherFile } from '../further-file.ts';
import type { SetOfPictures } from '../set-of-pictures.ts';
import type { DrawnPage } from './drawn-page.ts';
import type { SheetFonts } from './sheet-fonts.ts';
import { paper } from './sheet-layout.ts';
import { dark, dim } from './sheet-page.ts';

/** A document keeps some of each page in memory until it ends: beyond so many pages there is a further one. */
const pagesAFile = 1_000;

/** Writes the pages into one document, each as soon as it is drawn. */
export async function writePdf(
  pages: AsyncIterable<DrawnPage>,
  fonts: SheetFonts,
  set: SetOfPictures,
  file: string,
): Promise<readonly string[]> {
  const files: string[] = [];
  let document: PdfFile | undefined;
  let count = 0;
  try {
    for await (const page of pages) {
      if (count % pagesAFile === 0) {
        await document?.finish();
        const path = count === 0 ? file : furtherFile(set.folder, file, files.length + 1);
        if (count > 0) await set.claim(path);
        files.push(path);
        document = new PdfFile(path, fonts, set);
      }
      document?.add(page);
      count += 1;
    }
    await document?.finish();
  } catch (error) {
    document?.discard();
    throw error instanceof ItemError ? error : systemItemError(error, file, 'write');
  }
  return files;
}

class PdfFile {
  readonly #path: string;
  readonly #part: PartFile;
  readonly #fonts: SheetFonts;
  readonly #document: InstanceType<typeof PDFDocument>;
  readonly #ended: Promise<void>;

  constructor(path: string, fonts: SheetFonts, { folder, title, durable }: SetOfPictures) {
    this.#path = path;
    this.#fonts = fonts;
    this.#part = PartFile.create(folder, { durable });
    this.#part.keepFresh();
    this.#document = new PDFDocument({
      size: [paper.width, paper.height],
      margin: 0,
      autoFirstPage: false,
      // None of the fonts that every reader has: it would have to be there, to be measured.
      font: '',
      lang: 'en',
      displayTitle: true,
      info: { Title: title, Creator: 'Shoal', Producer: 'Shoal (PDFKit)' },
    });
    for (const [place, font] of fonts.files.entries()) this.#document.registerFont(`${place}`, font);
    this.#ended = new Promise((resolve, reject) => {
      this.#document.on('end', resolve);
      this.#document.on('error', reject);
      this.#document.on('data', (data: Uint8Array) => {
        try {
          this.#part.append(data);
        } catch (error) {
          reject(error);
        }
      });
    });
    // It is awaited in the end.
    this.#ended.catch(() => {});
  }

  add({ page, drawn }: DrawnPage): void {
    const document = this.#document.addPage();
    for (const [at, { x, y, width, height }] of page.pictures.entries()) {
      const image = drawn.images[at];
      if (image) document.image(Buffer.from(image), x, y, { width, height });
    }
    for (const { text, x, y, size, isDim } of page.texts) {
      document.fontSize(size).fillColor(isDim ? dim : dark);
      let at = x;
      for (const run of this.#fonts.runsOf(text)) {
        document.font(`${run.font}`).text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
        at += this.#fonts.widthOfRun(run, size);
      }
    }
  }

  async finish(): Promise<void> {
    this.#document.end();
    await this.#ended;
    this.#part.replace(this.#path);
  }

  discard(): void {
    this.#document.removeAllListeners('data');
    this.#part.discard();
  }
}
