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
  if (same) return same[0];
  const ranked = placeholders
    .map((each) => ({ each, changes: changesBetween(typed, each) }))
    .sort((one, other) => one.changes - other.changes);
  const [nearest] = ranked;
  return nearest && nearest.changes <= Math.min(2, typed.length / 2) ? nearest.each : undefined;
}

/** How many characters have to be put in, taken out or replaced to make one word of the other (Levenshtein). */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, character] of [...one].entries()) {
    const next = [at + 1];
    for (let to = 1; to <= other.length; to += 1) {
      const replaced = (row[to - 1] ?? 0) + (other[to - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
