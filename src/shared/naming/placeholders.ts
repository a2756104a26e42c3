import { nearest } from './nearest.ts';

/** The parts of a time that a name may have, as patterns write them. */
export const dateParts = ['YYYY', 'YY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const;
export type DatePart = (typeof dateParts)[number];

/** Placeholders for one part of the time at which a picture was taken. */
export const partsOfTime: Readonly<Record<string, DatePart>> = {
  year: 'YYYY',
  month: 'MM',
  day: 'DD',
  hour: 'HH',
  minute: 'mm',
  second: 'ss',
};

/** What an output's own file tells. */
export const ofOutput = ['ext', 'width', 'height', 'format'] as const;
/** What the path of a picture tells. */
export const ofPath = ['name', 'parent', 'folder'] as const;
/** What only the picture's file tells, in words. */
export const ofCamera = ['camera', 'model', 'lens'] as const;

/** All placeholders, in the order in which they are told. */
export const placeholders: readonly string[] = [
  'name',
  ...ofOutput,
  'parent',
  'folder',
  'counter',
  'date',
  ...Object.keys(partsOfTime),
  ...ofCamera,
];

/** What other programs call the same. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  name: ['basename', 'filename', 'file', 'original', 'stem', 'title'],
  format: ['type'],
  width: ['size', 'box'],
  folder: ['dir', 'directory', 'path'],
  counter: ['index', 'n', 'number', 'seq', 'sequence'],
  date: ['datetime', 'taken', 'timestamp'],
  hour: ['time'],
  camera: ['make', 'maker'],
};

/** The placeholder that a person may have meant by a name that is none. */
export function nearestPlaceholder(name: string): string | undefined {
  const typed = name.toLowerCase();
  const same = Object.entries(otherWords).find(([, words]) => words.includes(typed));
  return same?.[0] ?? nearest(typed, placeholders);
}
