import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/platforms.md'), 'utf8');

test('each test that docs/platforms.md names is there', () => {
  const names = [...page.matchAll(/`([\w-]+\.(?:test|spec)\.ts)`/g)].map(([, name]) => name);
  const there = new Set(
    globSync(['src/**/*.test.ts', 'e2e/*.spec.ts'], { cwd: root }).map((path) => basename(path)),
  );
  expect(names.filter((name) => !there.has(name ?? ''))).toEqual([]);
  expect(names.length).toBeGreaterThan(20);
});

test('each difference has a source, what Shoal does, and which test has it', () => {
  const rows = page.split('\n').filter((line) => /^\| (?!what differs)[^-]/.test(line));
  const cells = (row: string) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
  for (const row of rows) {
    expect(cells(row)).toHaveLength(4);
    expect(cells(row).at(-1)).toMatch(/^(?:any|there|any and there): |^read$|^\[/);
  }
});
