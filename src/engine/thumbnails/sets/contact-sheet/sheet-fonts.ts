import { create, type Font } from 'fontkit';
import { fontsBase64 } from './fonts-binary.ts';

/** A stretch of text in one of the fonts. */
export interface TextRun {
  readonly text: string;
  /** Its place among the fonts. */
  readonly font: number;
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ellipsis = '…';
/** More letters than the fonts have; with marks above and below them there is no end. */
const mostAdvances = 10_000;

/**
 * Noto Sans, which comes with Shoal in parts: Latin, Greek, Cyrillic. What it has no letters for is drawn as one box, for
 * any number of them.
 */
export class SheetFonts {
  readonly files = fontsBase64.map((font) => Buffer.from(font, 'base64'));
  readonly #advances = new Map<string, number>();
  readonly fonts: readonly Font[] = this.files.map((file) => create(file) as Font);

  /** The text as it can be drawn: composed, and with one character for all those in a row that have no letter. */
  drawable(text: string): { readonly text: string; readonly isWhole: boolean } {
    let isWhole = true;
    let drawn = '';
    let inGap = false;
    for (const { segment } of segments.segment(text.normalize('NFC').replace(/\p{Cc}+/gu, ' '))) {
      const known = this.#fontOf(segment) !== undefined;
      if (known || !inGap) drawn += known ? segment : unknown;
      inGap = !known;
      isWhole &&= known;
    }
    return { text: drawn, isWhole };
  }

  runsOf(text: string): TextRun[] {
    const runs: TextRun[] = [];
    for (const { segment } of segments.segment(text)) {
      const font = this.#fontOf(segment) ?? 0;
      const last = runs.at(-1);
      if (last?.font === font) runs[runs.length - 1] = { font, text: last.text + segment };
      else runs.push({ font, text: segment });
    }
    return runs;
  }

  /** In the unit of the size. */
  widthOf(text: string, size: number): number {
    return this.runsOf(text).reduce((sum, run) => sum + this.widthOfRun(run, size), 0);
  }

  /** Letter by letter, each measured once: to set a whole name in type takes as long as to draw it. */
  widthOfRun({ text, font }: TextRun, size: number): number {
    let width = 0;
    for (const { segment } of segments.segment(text)) width += this.#advanceOf(segment, font);
    return width * size;
  }

  /** Cuts out of the middle what has no room: names differ in their ends. */
  fitted(text: string, width: number, size: number): string {
    if (this.widthOf(text, size) <= width) return text;
    const parts = [...segments.segment(text)].map(({ segment }) => segment);
    let [fits, tooMany] = [0, parts.length];
    const cut = (kept: number) => {
      const end = Math.floor(kept / 2);
      return [...parts.slice(0, kept - end), ellipsis, ...parts.slice(parts.length - end)].join('');
    };
    while (tooMany - fits > 1) {
      const middle = (fits + tooMany) >> 1;
      if (this.widthOf(cut(middle), size) <= width) fits = middle;
      else tooMany = middle;
    }
    return cut(fits);
  }

  /** The outlines of a text as SVG, from a place on the line that it stands on. */
  outlines(text: string, x: number, y: number, size: number): string {
    let at = x;
    const drawn: string[] = [];
    for (const run of this.runsOf(text)) {
      const font = this.#font(run.font);
      const scale = size / font.unitsPerEm;
      const { glyphs, positions } = font.layout(run.text);
      for (const [place, glyph] of glyphs.entries()) {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[place] ?? {};
        const path = glyph.path.toSVG();
        const moved = [at + xOffset * scale, y - yOffset * scale].map((value) => value.toFixed(2));
        if (path) drawn.push(`<path transform="translate(${moved}) scale(${scale} -${scale})" d="${path}"/>`);
        at += xAdvance * scale;
      }
    }
    return drawn.join('');
  }

  #advanceOf(segment: string, place: number): number {
    const known = this.#advances.get(segment);
    if (known !== undefined) return known;
    const font = this.#font(place);
    const advance = font.layout(segment).advanceWidth / font.unitsPerEm;
    if (this.#advances.size >= mostAdvances) this.#advances.clear();
    this.#advances.set(segment, advance);
    return advance;
  }

  #font(place: number): Font {
    const font = this.fonts[place];
    if (!font) throw new Error(`There is no font ${place}.`);
    return font;
  }

  #fontOf(segment: string): number | undefined {
    const place = this.fonts.findIndex((font) =>
      [...segment].every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)),
    );
    return place === -1 ? undefined : place;
  }
}

/** No font has it. */
const unknown = '\uFFFF';
