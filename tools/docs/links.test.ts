import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = globSync(['*.md', 'docs/**/*.md', 'bench/*.md', 'src/codecs/*/README.md'], { cwd: root });

test('no page links to a file that is not there', () => {
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, to = '']) => to)
      .filter((to) => !existsSync(join(root, dirname(page), to)))
      .map((to) => `${page} → ${to}`);
  });
  expect(broken).toEqual([]);
  expect(pages.length).toBeGreaterThan(30);
});

test('no page links to a heading that is not there', () => {
  const broken = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)]
      .map(([, to = '', heading = '']) => ({ to: to === '' ? page : join(dirname(page), to), heading }))
      .filter(({ to, heading }) => to.endsWith('.md') && !headingsOf(to).has(heading))
      .map(({ to, heading }) => `${page} → ${to}#${heading}`);
  });
  expect(broken).toEqual([]);
});

/** As GitHub names them in addresses. */
function headingsOf(page: string): Set<string> {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```.*\n(?:.*\n)*?```$/gm, '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(headings);
}

test('each promise of the reliability page is shown by tests that are there', () => {
  const text = readFileSync(join(root, 'docs/reliability.md'), 'utf8');
  const named = [...text.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, file = '']) => file);
  expect(named.filter((file) => !existsSync(join(root, 'src', file)))).toEqual([]);
  expect(named.length).toBeGreaterThan(20);
});

test('the index of decisions has every record, under its own title', () => {
  const index = readFileSync(join(root, 'docs/adr/README.md'), 'utf8');
  const missing = globSync('docs/adr/[0-9]*.md', { cwd: root }).filter((file) => {
    const [, number, title] = /^# (\d+)\. (.*)$/m.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    return !index.includes(`| [${number}](${file.split(/[\\/]/).at(-1)}) | ${title} |`);
  });
  expect(missing).toEqual([]);
});
