import { afterEach, expect, it } from 'vitest';
import { speak } from '../../languages/translate.ts';
import { destinationInWords, inEachFolder, pastedTitle, titleInWords, titleOfSeveral } from './kept-words.ts';

afterEach(() => speak('en'));

it('says in English what is kept as it is', () => {
  for (const title of [pastedTitle, 'photos', titleOfSeveral('photos', 2)])
    expect(titleInWords(title)).toBe(title);
  expect(destinationInWords(inEachFolder)).toBe(inEachFolder);
});

it('says what is kept in the language of the window, and names of folders as they are', () => {
  speak('de');
  expect(titleInWords('photos')).toBe('photos');
  expect(titleInWords(titleOfSeveral('photos', 0))).toBe('photos');
  expect(titleInWords(titleOfSeveral('photos', 2))).toBe('photos und 2 weitere');
  expect(titleInWords(titleOfSeveral(pastedTitle, 1))).toBe('Eingefügte Liste und 1 weitere');
  expect(destinationInWords(inEachFolder)).toBe('thumbs, in jedem der Ordner');
  expect(destinationInWords('/photos/thumbs')).toBe('/photos/thumbs');
});
