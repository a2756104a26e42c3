import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorCodes } from './shared/error-codes/error-codes.ts';

const engine = ['engine', 'codecs'].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(import.meta.dirname, folder, path), 'utf8')),
);

it.each(errorCodes)('something in the engine fails by %s', (code) => {
  expect(engine.some((text) => text.includes(`'${code}'`))).toBe(true);
});

it('no text of the engine names a flag: those are the command line’s', () => {
  const texts = engine.flatMap((text) => text.match(/'[^'\n]*'|`[^`]*`/g) ?? []);
  expect(texts.length).toBeGreaterThan(1_000);
  // Comments may: there, flags are in code spans, which begin with a backtick.
  expect(texts.filter((text) => /[\s(]--[a-z]/.test(text))).toEqual([]);
});
