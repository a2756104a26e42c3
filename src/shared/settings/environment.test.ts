import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentVariables } from './environment.ts';

/** Set by Shoal itself, by its tests and benchmarks, or by the system: nobody else has a use for them. */
const notForPeople = new Set([
  'SHOAL_STARTED_BY',
  'SHOAL_USER_DATA',
  'SHOAL_DIAGNOSTICS',
  'PATH',
  'APPDATA',
  'LOCALAPPDATA',
]);

it('every variable that the sources read is told in the table of the environment', () => {
  const source = join(import.meta.dirname, '../..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(source, file), 'utf8'));
  const read = files.flatMap((text) => [
    ...[...text.matchAll(/process\.env\.([A-Z][A-Z_0-9]+)/g)].map(([, name]) => name ?? ''),
    ...[...text.matchAll(/\{([^{}]*)\} = process\.env\b/g)].flatMap(
      ([, names = '']) => names.match(/\b[A-Z][A-Z_0-9]+\b/g) ?? [],
    ),
  ]);
  const told = new Set(environmentVariables.flatMap(({ names }) => names));
  const missing = [...new Set(read)].filter((name) => !told.has(name) && !notForPeople.has(name));
  expect(missing).toEqual([]);
});
