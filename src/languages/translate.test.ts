import { afterEach, expect, it } from 'vitest';
import { languages, ownNameOf, speak, spokenOf, t, words } from './translate.ts';

afterEach(() => speak('en'));

it('says an English text as it is, with its values', () => {
  expect(t('Fetched from {{host}}: {{count, number}} of <all>.', { host: 'a.example', count: 12_000 })).toBe(
    'Fetched from a.example: 12,000 of <all>.',
  );
});

it('tells one from many', () => {
  words.addResource('en', 'translation', '{{count, number}} cats_one', '{{count, number}} cat');
  words.addResource('de', 'translation', '{{count, number}} cats_one', '{{count, number}} Katze');
  words.addResource('de', 'translation', '{{count, number}} cats_other', '{{count, number}} Katzen');
  const cats = () => [1, 2, 1_234].map((count) => t('{{count, number}} cats', { count }));
  expect(cats()).toEqual(['1 cat', '2 cats', '1,234 cats']);
  speak('de');
  expect(cats()).toEqual(['1 Katze', '2 Katzen', '1.234 Katzen']);
});

it('speaks English where a language lacks a text', () => {
  speak('de');
  expect(t('Nobody ever said this: {{name}}.', { name: 'x' })).toBe('Nobody ever said this: x.');
});

it('takes the first language that it speaks, in any of its regions', () => {
  expect(languages).toEqual(expect.arrayContaining(['de', 'en']));
  expect(spokenOf(['tlh', 'de-AT', 'en-GB'])).toBe('de');
  expect(spokenOf(['EN-gb', 'de'])).toBe('en');
  expect(spokenOf(['tlh'])).toBe('en');
  expect(spokenOf([])).toBe('en');
});

it('names languages in themselves', () => {
  expect([ownNameOf('de'), ownNameOf('en'), ownNameOf('fr')]).toEqual(['Deutsch', 'English', 'Français']);
});
