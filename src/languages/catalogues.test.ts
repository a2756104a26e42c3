import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textsOfSource } from '../../test/texts-of-source.ts';
import { textsOfTables } from './texts-of-tables.ts';

const src = join(import.meta.dirname, '..');
const sources = ['main', 'renderer', 'shared'].flatMap((folder) =>
  readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file))
    .map((file) => join(src, folder, file)),
);
const found = sources.map((file) => ({ file, ...textsOfSource(file) }));
const said = [...found.flatMap((each) => each.said), ...textsOfTables()];

const catalogue = (tag: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${tag}.json`), 'utf8'));
const languages = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));

/** The keys that a language needs: English has its texts in the source, but for what is said of one. */
function neededIn(tag: string): string[] {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
  const forms = tag === 'en' ? pluralCategories.filter((form) => form !== 'other') : pluralCategories;
  const keys = said.flatMap(({ text, isCounted }) => {
    if (isCounted) return forms.map((form) => `${text}_${form}`);
    return tag === 'en' ? [] : [text];
  });
  return [...new Set(keys)].sort();
}

const placeholders = (text: string) => (text.match(/\{\{.*?\}\}|<\/?\w+\/?>/g) ?? []).sort();

describe('the window', () => {
  it('has no text that is in no catalogue', () => {
    const raw = found.flatMap(({ file, raw }) => raw.map((text) => `${file.slice(src.length + 1)}: ${text}`));
    expect(raw).toEqual([]);
  });

  it('says what is counted with its number', () => {
    const without = said.filter(({ text, isCounted }) => isCounted && !text.includes('{{count'));
    expect(without).toEqual([]);
  });
});

describe.each(languages)('the catalogue of %s', (tag) => {
  it('has each text of the window, and no other', () => {
    const missing = neededIn(tag).filter((key) => catalogue(tag)[key] === undefined);
    const needed = new Set(neededIn(tag));
    const unused = Object.keys(catalogue(tag)).filter((key) => !needed.has(key));
    expect({ missing, unused }).toEqual({ missing: [], unused: [] });
  });

  it('keeps the values and marks of each text', () => {
    for (const [key, text] of Object.entries(catalogue(tag))) {
      // "One cat" may do without the number.
      const isOne = key.endsWith('_one');
      const wanted = placeholders(key.replace(/_(zero|one|two|few|many|other)$/, ''));
      const kept = placeholders(text);
      if (isOne) expect(wanted, key).toEqual(expect.arrayContaining(kept));
      else expect(kept, key).toEqual(wanted);
    }
  });

  it('is in the order of its keys, so that two additions seldom meet', () => {
    const keys = Object.keys(catalogue(tag));
    expect(keys).toEqual([...keys].sort());
  });
});
