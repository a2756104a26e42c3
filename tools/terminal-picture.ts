/**
 * `npm run terminal-picture`: runs the command line on a real pseudo-terminal and draws what it printed, the live
 * line caught in the middle, into docs/terminal.png. Needs `script` (util-linux) and Chromium.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/electron-stand-in/chromium.ts';
import { makeSampleImages } from '../test/images/sample-images.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'shoal-picture-'));
const columns = 84;

/** What a command prints on a terminal of its own. */
function onTerminal(command: string): string {
  const shoal = `"${process.execPath}" "${join(root, 'bin/shoal.cjs')}"`;
  const line = `stty cols ${columns} rows 30; ${command.replace(/^shoal/, shoal)}`;
  const env = { ...process.env, TERM: 'xterm-256color', SHOAL_STATE_DIR: join(folder, 'state') };
  return execFileSync('script', ['-qfec', line, '/dev/null'], { cwd: folder, env, encoding: 'utf8' });
}

/** How the live line is erased, before it is drawn anew or for good. */
const erased = '\u001b[J';

/** The lines that stay on the screen, and of the live line the picture in the middle of the run. */
function linesOf(printed: string): string[] {
  const live = printed
    .replaceAll(erased, '\n')
    .split(/[\r\n]/)
    .map(stripVTControlCharacters)
    .filter((line) => line.includes('▕'));
  const middle = live[Math.floor(live.length * 0.6)];
  const left = stripVTControlCharacters(printed.split(erased).at(-1) ?? printed)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.includes('▕'));
  return [...(middle === undefined ? [] : [middle]), ...left];
}

const escapeHtml = (text: string) =>
  text.replace(/[&<]/g, (character) => (character === '&' ? '&amp;' : '&lt;'));

function htmlOf(line: string): string {
  const escaped = escapeHtml(line);
  if (line.startsWith('$ ')) return `<b class="prompt">$</b> <b>${escaped.slice(2)}</b>`;
  return escaped.replace(/^✓/, '<i>✓</i>').replace('← knee', '<i>← knee</i>').replace(/█+/, '<u>$&</u>');
}

const page = (lines: readonly string[]) => `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; padding: 28px; background: #e9edf1; width: fit-content }
  pre { margin: 0; padding: 20px 24px 24px; background: #10161d; color: #d5dee8; border-radius: 10px;
    font: 15px/1.4 "DejaVu Sans Mono", "Liberation Mono", monospace; box-shadow: 0 8px 28px #0004 }
  b { font-weight: 600; color: #fff } .prompt { color: #5cc8ff } i { font-style: normal; color: #62d48f }
  u { text-decoration: none; color: #5cc8ff }</style><pre>${lines.map(htmlOf).join('\n')}</pre>`;

try {
  await makeSampleImages(join(folder, 'photos'), {
    count: 600,
    smallest: { width: 1600, height: 1000 },
    largest: { width: 1700, height: 1100 },
  });
  const lines: string[] = [];
  for (const command of [
    'shoal thumbs photos',
    'shoal thumbs photos --size 320x240 --format webp --out web',
    'shoal tune thumbs photos --sizes 1,2,4',
  ]) {
    if (lines.length > 0) lines.push('');
    lines.push(`$ ${command}`, ...linesOf(onTerminal(command)));
  }
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium: npm run e2e installs one.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const view = await browser.newPage({ deviceScaleFactor: 2 });
  await view.setContent(page(lines));
  await view.locator('body').screenshot({ path: join(root, 'docs/terminal.png') });
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
