import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of docs/ of which one section is derived: what stands between its two comments. */
export function withSection(page: string, section: string, text: string): string {
  const written = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  const begin = `<!-- Written by node tools/write-docs.ts: ${section} -->\n`;
  const end = '<!-- End -->';
  const from = written.indexOf(begin) + begin.length;
  const to = written.indexOf(end, from);
  if (from < begin.length || to === -1) throw new Error(`docs/${page} has no place for ${section}.`);
  return written.slice(0, from) + text + written.slice(to);
}
