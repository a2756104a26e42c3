import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../test/any-text.ts';
import { UsageError } from '../failure.ts';
import { fits, outputFormats } from '../settings/choices.ts';
import { fetchAccessSettings } from '../settings/fetch-settings.ts';
import { builtInPresets } from './built-in-presets.ts';
import { type Preset, parsePreset, presetSettingsSchemas, settingsOfPreset, sparePreset } from './preset.ts';

const side = fc.integer({ min: 1, max: 16_383 });
const box = fc.record({ width: side, height: side });
const thumbs = fc
  .record(
    {
      box,
      fit: fc.constantFrom(...fits),
      format: fc.constantFrom(...outputFormats),
      quality: fc.integer({ min: 1, max: 100 }),
      fast: fc.boolean(),
      recursive: fc.boolean(),
      match: fc.string({ minLength: 1 }),
      exclude: fc.array(fc.string({ minLength: 1 })),
      durable: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((settings): Preset => ({ task: 'thumbs', settings }));
const fetch = fc
  .record(
    {
      retries: fc.integer({ min: 0, max: 100 }),
      maxBytes: fc.integer({ min: 1 }),
      thumbnail: fc.record({ box, quality: fc.integer({ min: 1, max: 100 }) }, { requiredKeys: [] }),
      originals: fc.boolean(),
      userAgent: fc.constantFrom('me', 'you'),
    },
    { requiredKeys: [] },
  )
  .map((settings): Preset => ({ task: 'fetch', settings }));
const map = fc.record({ recursive: fc.boolean() }).map((settings): Preset => ({ task: 'map', settings }));

it('a preset that is written and read has the same settings, and names only those that differ from the defaults', () => {
  fc.assert(
    fc.property(fc.oneof(thumbs, fetch, map), (preset) => {
      const written = sparePreset(preset.task, settingsOfPreset(preset));
      const read = parsePreset(JSON.stringify(written));
      expect(read).toEqual(written);
      expect(settingsOfPreset(read)).toEqual(settingsOfPreset(preset));
      expect(Object.keys(written.settings).length).toBeLessThanOrEqual(Object.keys(preset.settings).length);
    }),
  );
});

it('any text is a preset or a fault in words, never a crash', () => {
  const anyJson = fc.oneof(
    fc.json(),
    fc
      .record({ task: fc.constantFrom('thumbs', 'fetch', 'map', 'watch'), settings: fc.object() })
      .map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(fc.oneof(anyText, anyJson), (text) => {
      for (const path of [undefined, 'some.json']) {
        try {
          parsePreset(text, path);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as UsageError).message).not.toBe('');
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

const file = (task: string, settings: object, further: object = {}) =>
  JSON.stringify({ task, settings, ...further });

it.each([
  ['{', 'It is not JSON.'],
  ['[]', 'Expected an object with "task" and "settings".'],
  [file('video', {}), 'Expected task to be thumbs, fetch or map, got "video".'],
  [file('thumbs', {}, { version: 2 }), 'There is nothing of the name version in a preset.'],
  [file('thumbs', { quality: 400 }), 'Expected quality to be at most 100, got 400.'],
  [file('thumbs', { sparkle: true }), 'There is no setting sparkle of thumbs.'],
  [file('thumbs', { qualitty: 60 }), 'There is no setting qualitty of thumbs; quality is one.'],
  [file('thumbs', { size: 60 }), 'There is no setting size of thumbs; box is one.'],
  [file('fetch', { thumbnail: { qualty: 6 } }), 'There is no setting qualty of thumbs; quality is one.'],
  [
    `{"task": "map", "settings": {"data": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    'It is nested too deeply.',
  ],
  ['{"task": "map"}', 'Expected settings to be an object.'],
  [file('thumbs', { outputFolder: '/x' }), 'A preset for thumbs cannot hold outputFolder.'],
  [file('thumbs', { perHost: 2 }), 'A preset for thumbs cannot hold perHost.'],
  [
    file('thumbs', { box: { width: 9, height: 9 }, furtherBoxes: [{ height: 9, width: 9 }] }),
    'Expected each size once for furtherBoxes.',
  ],
])('of the file %s it says: %s', (text, words) => {
  expect(() => parsePreset(text)).toThrow(words);
});

it('tells the line of what is wrong where it is told the file', () => {
  const text =
    '{\n "task": "thumbs",\n "settings": {\n  "fit": "cover",\n  "qualitty": 9,\n  "proxy": ""\n }\n}';
  const faultOf = (of: string): string => {
    try {
      parsePreset(of, 'web.json');
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  expect(faultOf(text)).toBe(
    'web.json:5: There is no setting qualitty of thumbs; quality is one.\nweb.json:6: A preset for thumbs cannot hold proxy.',
  );
  expect(faultOf('{\n "task": "thumbs",\n "settings": {\n  "quality": 400 } }')).toBe(
    'web.json:4: Expected quality to be at most 100, got 400.',
  );
  expect(faultOf('{\n "task": }')).toMatch(/^web\.json:2: Expected JSON: /);
});

it('holds nothing that gives access, and tells no value of it', () => {
  const secrets = [...Object.keys(fetchAccessSettings), 'headers'];
  for (const key of secrets) {
    expect(() => parsePreset(file('fetch', { [key]: 'hunter2' }))).toThrow(
      new UsageError(`A preset for fetch cannot hold ${key}.`),
    );
  }
  const values = Object.fromEntries(
    [...secrets, 'outputFolder', 'force', 'poolSize'].map((key) => [key, 'x']),
  );
  expect(sparePreset('fetch', { ...values, retries: 9 })).toEqual({
    task: 'fetch',
    settings: { retries: 9 },
  });
});

it('a mark of the byte order and a schema for editors are taken', () => {
  expect(parsePreset(`\ufeff${file('map', { recursive: false }, { $schema: './preset.json' })}`)).toEqual({
    task: 'map',
    settings: { recursive: false },
  });
});

it.each(builtInPresets.map((preset) => [preset.name, preset] as const))(
  '%s is valid, and as short as it can be',
  (_, preset) => {
    const { task, settings } = preset;
    expect(() => presetSettingsSchemas[task].parse(settings)).not.toThrow();
    expect(parsePreset(file(task, settings))).toEqual({ task, settings });
  },
);

it('the built-in presets have names, and settings, of their own', () => {
  expect(new Set(builtInPresets.map(({ name }) => name)).size).toBe(builtInPresets.length);
  const settings = builtInPresets.map(({ settings }) => JSON.stringify(settings));
  expect(new Set(settings).size).toBe(builtInPresets.length);
});
