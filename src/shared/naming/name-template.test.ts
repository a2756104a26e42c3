import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fetchRecipeSchema } from '../recipe.ts';
import { composeName } from './compose-name.ts';
import {
  faultOfTemplate,
  isOfFetched,
  nameTemplateFault,
  tellsSizesApart,
  templateOf,
} from './name-template.ts';

const picture = {
  name: 'IMG_1',
  parent: 'Lisbon',
  folder: '2026/Lisbon',
  counter: 7,
  facts: { taken: '20260528173015', camera: 'Canon EOS R5', model: 'EOS R5', lens: 'RF 35mm' },
};
const output = { ext: 'jpg', width: 320, height: 240, format: 'jpeg' };
const box = [{ width: 320, height: 240 }];
const nameBy = (template: string, values = {}, isOnWindows = false) =>
  composeName(templateOf(template, box), { ...picture, ...values }, output, isOnWindows);

describe('a template', () => {
  test.each([
    ['{name}', 'IMG_1.jpg'],
    ['{name}-{width}x{height}.{ext}', 'IMG_1-320x240.jpg'],
    ['{parent}-{counter}', 'Lisbon-7.jpg'],
    ['{counter:4}.{ext}', '0007.jpg'],
    ['{year}/{month}/{day}/{name}.{ext}', '2026/05/28/IMG_1.jpg'],
    ['{date}_{name}', '2026-05-28_IMG_1.jpg'],
    ['{date:YYYY/MM}/{date:YYYYMMDD-HHmmss}', '2026/05/20260528-173015.jpg'],
    ['{date:YY-MM-DD at HH.mm} {name}', '26-05-28 at 17.30 IMG_1.jpg'],
    ['{hour}.{minute}.{second}', '17.30.15.jpg'],
    ['{camera}/{model}, {lens}/{name}', 'Canon EOS R5/EOS R5, RF 35mm/IMG_1.jpg'],
    ['{folder}/{format}/{name}', '2026/Lisbon/jpeg/IMG_1.jpg'],
    ['{folder}-{name}', '2026-Lisbon-IMG_1.jpg'],
    ['{name}/{name}-{width}.{ext}', 'IMG_1/IMG_1-320.jpg'],
    ['{{{name}}}', '{IMG_1}.jpg'],
    ['{{name}}{counter}', '{name}7.jpg'],
    ['{ext}/{name}', 'jpg/IMG_1.jpg'],
  ])('%s names %s', (template, name) => {
    expect(faultOfTemplate(template)).toBeUndefined();
    expect(nameBy(template)).toBe(name);
  });

  test.each([
    ['{date:YYYY-MM-DD HH:mm:ss} {name}', '2026-05-28 17_30_15 IMG_1.jpg'],
    ['{name}:{width}.{ext}', 'IMG_1_320.jpg'],
    ['{name}?/"{counter}"|<{model}>*', 'IMG_1_/_7___EOS R5__.jpg'],
    ['{name}.{ext}. ', 'IMG_1.jpg__'],
    ['com¹/{name}', '_com¹/IMG_1.jpg'],
  ])('%s names %s on Windows, which has no such names, or streams of other files', (template, name) => {
    expect(faultOfTemplate(template)).toBeUndefined();
    expect(nameBy(template, {}, true)).toBe(name);
  });

  test('says what a picture does not tell, and leaves out a folder that it does not lie in', () => {
    const nothing = { facts: undefined, folder: '' };
    expect(nameBy('{camera} {lens} {date} {name}', nothing)).toBe('unknown unknown 0000-00-00 IMG_1.jpg');
    expect(nameBy('{folder}/{name}', nothing)).toBe('IMG_1.jpg');
    expect(nameBy('all/{folder}/{name}', nothing)).toBe('all/IMG_1.jpg');
  });

  test.each([
    ['/{name}', 'path'],
    ['{name}/', 'path'],
    ['a//{name}', 'path'],
    ['../{name}', 'path'],
    ['a/./{name}', 'path'],
    ['.../{name}', 'path'],
    ['C:\\{name}', 'path'],
    ['{name}\n', 'path'],
    ['', 'path'],
    ['{name', 'brace'],
    ['name}', 'brace'],
    ['{na{name}', 'brace'],
    ['small.{ext}', 'name'],
    ['{width}', 'name'],
    ['{date}-{hour}', 'name'],
    ['{counter:0}', 'argument'],
    ['{counter:13}', 'argument'],
    ['{counter:x}', 'argument'],
    ['{name:3}', 'argument'],
    ['{name}{date:}', 'argument'],
    ['{name}{date:day}', 'argument'],
    ['{nmae}', 'unknown'],
    ['{constructor}', 'unknown'],
    ['{name}{}', 'unknown'],
    [`{name}${'x'.repeat(300)}`, 'long'],
    [`${'{name}'.repeat(300)}`, 'long'],
  ])('%j is refused: %s', (template, kind) => {
    expect(faultOfTemplate(template)?.kind).toBe(kind);
    expect(nameTemplateFault(template)).toMatch(/^Expected /);
  });

  test.each([
    ['{nmae}', '{name}'],
    ['{Name}', '{name}'],
    ['{count}', '{counter}'],
    ['{foldr}', '{folder}'],
    ['{Camara}', '{camera}'],
    ['{hours}', '{hour}'],
    ['{filename}', '{name}'],
    ['{index}', '{counter}'],
    ['{time}', '{hour}'],
  ])('with %s names the nearest that is known, %s', (template, nearest) => {
    expect(faultOfTemplate(template)).toEqual({ kind: 'unknown', part: template, nearest });
    expect(nameTemplateFault(template)).toContain(`Expected ${nearest} instead of ${template}`);
  });

  test('with what is like none of them gets the whole list', () => {
    expect(nameTemplateFault('{artist}')).toContain('one of {name} {ext} {width} {height} {format} {parent}');
  });

  test('tells sizes apart by their widths or heights, wherever these stand', () => {
    const two = [...box, { width: 75, height: 240 }];
    for (const template of ['{name}-{width}', '{width}/{name}', undefined])
      expect(tellsSizesApart(template, two)).toBe(true);
    for (const template of ['{name}', '{name}-{height}', '{format}/{name}'])
      expect(tellsSizesApart(template, two)).toBe(false);
  });

  test('for what is fetched has only what is known of it', () => {
    expect(['{name}', '{name}-{width}x{height}.{format}.{ext}'].map(isOfFetched)).toEqual([true, true]);
    const others = [
      '{counter}',
      '{name}{date}',
      '{parent}{name}',
      '{camera}{name}',
      'a/{name}',
      '{folder}{name}',
    ];
    expect(others.map(isOfFetched)).toEqual(others.map(() => false));
    const fetched = (nameTemplate: string) => fetchRecipeSchema.safeParse({ thumbnail: { nameTemplate } });
    expect(fetched('small-{name}').success).toBe(true);
    expect(fetched('{date}-{name}').error?.issues).toMatchObject([
      {
        path: ['thumbnail', 'nameTemplate'],
        message: expect.stringContaining('alone for files that are fetched'),
      },
    ]);
  });

  test('is understood or refused, whatever the text, and never throws', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc
        .array(fc.constantFrom('{', '}', 'name', ':', '/', '.', 'date', 'YYYY', 'counter', '4', '\\'), {
          maxLength: 12,
        })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (text) => {
        const fault = nameTemplateFault(text);
        if (fault === undefined) expect(nameBy(text)).toMatch(/^[^/].*\.jpg|jpg/su);
        else expect(fault).toMatch(/^Expected /);
      }),
    );
  });
});

test('names that would be too long lose what pictures are called, and keep all else', () => {
  const long = { name: '🐟'.repeat(62), parent: 'x'.repeat(250), mark: '-0123456789ab' };
  const name = nameBy('{parent}-{name}-{width}.{ext}', long);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name).toMatch(/^x{50,}-(🐟){20,}-0123456789ab-320\.jpg$/u);
});
