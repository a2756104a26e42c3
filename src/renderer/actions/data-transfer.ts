import { t } from '../../languages/translate.ts';
import type { Registration } from '../../shared/ipc/inputs.ts';
import { registerFiles, request } from '../ipc/api.ts';
import { urlsOfHtml } from '../lib/urls-of-html.ts';
import { isGivenToModule } from './run-actions.ts';

/** The contents of a drop or a paste. They must be read during its event: afterwards the data is gone. */
export interface Carried {
  readonly files: readonly File[];
  readonly links: string;
  readonly text: string;
  /** What a selection looks like: its links and pictures stand only there. */
  readonly html: string;
}

export function carriedBy(data: DataTransfer): Carried {
  return {
    files: [...data.files],
    links: data.getData('text/uri-list'),
    text: data.getData('text/plain'),
    html: data.getData('text/html'),
  };
}

/**
 * Registers the links if there are any: with an image dragged from a browser comes a file that exists nowhere. Links
 * from a file manager are `file:` links and are ignored in favour of the files themselves.
 */
export async function register(carried: Carried, origin: 'paste' | 'drop'): Promise<Registration> {
  const { files, links, text: plain, html } = carried;
  // For a function of the person's own a text is its lines, whatever they are.
  if (files.length === 0 && plain.trim() !== '' && isGivenToModule())
    return request('inputs:register-text', { text: plain, origin });
  const text = !isUrlIn(plain) && urlsOfHtml(html) !== undefined ? html : plainOrHtml(plain, html);
  if (/^https?:/im.test(links)) return request('inputs:register-text', { text: links, origin });
  if (files.length > 0) return registerFiles(files);
  if (text.trim() !== '') return registerText(text, origin);
  return { inputs: [], refused: [] };
}

function plainOrHtml(plain: string, html: string): string {
  return !isUrlIn(plain) && isUrlIn(html) ? html : plain;
}

/** Registers a text. Of HTML, what is relative is resolved where it says against what, and told where it does not. */
export async function registerText(text: string, origin: 'paste' | 'drop'): Promise<Registration> {
  const found = urlsOfHtml(text);
  if (found === undefined) return request('inputs:register-text', { text, origin });
  const { urls, relative } = found;
  const registered =
    urls.length === 0
      ? { inputs: [], refused: [] }
      : await request('inputs:register-text', { text: urls.join('\n'), origin });
  if (relative === 0) return registered;
  const message = t(
    '{{count, number}} links of the HTML are relative, and it does not say to which site (<base href>).',
    { count: relative },
  );
  return { ...registered, refused: [...registered.refused, { name: 'HTML', message }] };
}

/** Whether a text names something of the web. */
export function isUrlIn(text: string): boolean {
  return /https?:\/\//i.test(text);
}
