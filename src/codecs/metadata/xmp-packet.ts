import { Parser } from 'htmlparser2';

/** What XMP is made to say of a thumbnail. */
export interface XmpChange {
  readonly width: number;
  readonly height: number;
  /** Whether the pixels are sRGB. */
  readonly srgb: boolean;
  /** Whether the place where the picture was taken stays. */
  readonly gps: boolean;
}

/**
 * Properties that tell where a picture was taken, whoever's namespace they are in: Exif's, those of drones, and W3C's Basic
 * Geo vocabulary (`geo:lat`, `geo:long`).
 */
const places = /^gps|latitude|longitude|altitude|^(lat|lon|lng|long|lat_long)$/i;
/**
 * What belongs to the file that it was in: its own thumbnails, its second part (XMP part 3, 1.1.3.1), and the pictures
 * and films behind the first picture.
 */
const ofFile = /^(Thumbnails|HasExtendedXMP|MotionPhoto.*|MicroVideo.*)$/;
const prefixesOfFile: ReadonlySet<string> = new Set(['hdrgm', 'Container', 'GContainer']);

/**
 * XMP for a picture that was turned and scaled. Names are looked at without their prefixes, which a writer may choose.
 * @returns `undefined` if it is no XML in UTF-8, or the place may still be in it.
 */
export function changedXmp(xmp: Uint8Array, change: XmpChange): Uint8Array | undefined {
  const text = decoded(xmp);
  if (text === undefined) return undefined;
  const values: Readonly<Record<string, number>> = {
    Orientation: 1,
    ImageWidth: change.width,
    ImageLength: change.height,
    PixelXDimension: change.width,
    PixelYDimension: change.height,
    ColorSpace: change.srgb ? 1 : 0xffff,
  };
  const isUnwanted = (name: string): boolean => {
    const [prefix, local] = partsOf(name);
    return prefixesOfFile.has(prefix) || ofFile.test(local) || (!change.gps && places.test(local));
  };
  const valueFor = (name: string, value: string): string =>
    /^(tiff|exif):/.test(name) ? String(values[partsOf(name)[1]] ?? value) : value;
  const written = rewritten(text, isUnwanted, valueFor);
  return written === undefined || (!change.gps && mayTellPlace(written)) ? undefined : Buffer.from(written);
}

/** What is no name by the rules above, in a packet that is not quite XML. Word by word: a word is looked at once. */
function mayTellPlace(text: string): boolean {
  for (const [, word = ''] of text.matchAll(/\b(\w+)\s*["'=>/]/g)) {
    if (/gps|(latitude|longitude)$/i.test(word)) return true;
  }
  return false;
}

function decoded(xmp: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(xmp);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function partsOf(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** What may name an element or an attribute, as programs name them. */
const isName = /^[\p{L}_][\p{L}\p{N}_.:-]*$/u;
/** Nested deeper than this is nothing that a program has written. */
const mostDepth = 200;

/** @returns `undefined` if the elements are not closed as they were opened. */
function rewritten(
  xml: string,
  isUnwanted: (name: string) => boolean,
  valueFor: (name: string, value: string) => string,
): string | undefined {
  const parts: string[] = [];
  const open: string[] = [];
  let attributes: string[] = [];
  /** How deep the element stands that is left out with all that is in it. */
  let leftOut = Number.POSITIVE_INFINITY;
  let isWhole = true;
  const write = (...given: string[]): void => {
    if (open.length < leftOut) parts.push(...given);
  };
  const parser = new Parser(
    {
      onprocessinginstruction: (name, data) => {
        if (name.startsWith('?')) write(`<${data.replace(/\?$/, '')}?>`);
      },
      onopentagname: () => {
        attributes = [];
      },
      onattribute: (name, value, quote) => {
        if (!isName.test(name) || !quote) isWhole = false;
        if (isUnwanted(name)) return;
        const mark = quote === "'" ? "'" : '"';
        attributes.push(` ${name}=${mark}${valueFor(name, value)}${mark}`);
      },
      onopentag: (name) => {
        if (!isName.test(name)) isWhole = false;
        if (isUnwanted(name)) leftOut = Math.min(leftOut, open.length);
        write(`<${name}`, ...attributes, '>');
        open.push(name);
        if (open.length > mostDepth) isWhole = false;
      },
      onclosetag: (name, isImplied) => {
        if (open.pop() !== name || (isImplied && xml[parser.endIndex] !== '>')) isWhole = false;
        write(`</${name}>`);
        if (open.length === leftOut) leftOut = Number.POSITIVE_INFINITY;
      },
      ontext: (text) => {
        const name = open.at(-1);
        // Between the elements and behind them is room for edits in place.
        if (name === undefined && text.trim() !== '') isWhole = false;
        if (text.trim() === '') write(name === undefined ? '' : text.slice(0, 1));
        else if (name !== undefined) write(valueFor(name, text));
      },
      oncdatastart: () => write('<![CDATA['),
      oncdataend: () => write(']]>'),
      onerror: () => {
        isWhole = false;
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(xml);
  const text = parts.join('');
  return isWhole && open.length === 0 && text.includes('<') ? text : undefined;
}
