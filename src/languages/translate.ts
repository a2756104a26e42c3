/// <reference types="vite/types/importMeta.d.ts" />
import i18next, { type i18n, type TOptions } from 'i18next';

/** What each language says in place of the English text, which is the key. A file here is a language. */
const catalogues = import.meta.glob<Record<string, string>>('./*.json', { eager: true, import: 'default' });

const codeOf = (path: string) => path.replace(/^.*\/|\.json$/g, '');

/** The languages that the window speaks, as BCP 47 tags. */
export const languages: readonly string[] = Object.keys(catalogues).map(codeOf).sort();

/** The words of this process: main and the page have their own each, in the same language. */
export const words: i18n = i18next.createInstance();

void words.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(
    Object.entries(catalogues).map(([path, texts]) => [codeOf(path), { translation: texts }]),
  ),
  // The keys are sentences: what stands in them is no path.
  keySeparator: false,
  nsSeparator: false,
  // What is inserted becomes text of a page or a menu, never HTML.
  interpolation: { escapeValue: false },
  returnEmptyString: false,
  initAsync: false,
});

export function speak(language: string): void {
  if (language === words.language) return;
  found.clear();
  void words.changeLanguage(language);
}

/** The language that is spoken now: numbers and dates are written in it as well. */
export function language(): string {
  return words.language;
}

/** The language of these that the window speaks, else English. @param wanted BCP 47 tags, the best first. */
export function spokenOf(wanted: readonly string[]): string {
  const tags = wanted.map((tag) => tag.toLowerCase());
  const spoken = tags.flatMap((tag) =>
    languages.filter((each) => tag === each.toLowerCase() || tag.startsWith(`${each.toLowerCase()}-`)),
  );
  return spoken[0] ?? 'en';
}

/** What a language calls itself: "Deutsch". */
export function ownNameOf(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** What was looked up in this language: a list says the same words for thousands of rows, and i18next takes 6 µs for each. */
const found = new Map<string, string>();

/** A text that stands in a table, as the labels of settings do, with its values: the test knows these tables. */
export function told(text: string, values?: TOptions): string {
  if (values !== undefined) return words.t(text, values);
  let known = found.get(text);
  if (known === undefined) {
    known = words.t(text);
    found.set(text, known);
  }
  return known;
}

/**
 * An English text in the language of the person. `{{name}}` stands for a value, `{{count, number}}` for a number that
 * decides between the forms of the plural. The text is a literal: a test holds the catalogues to what is in the source.
 */
export function t(text: string, values?: TOptions): string {
  return values === undefined ? told(text) : words.t(text, values);
}
