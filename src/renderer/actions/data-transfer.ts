import type { Registration } from '../../shared/ipc/inputs.ts';
import { registerFiles, request } from '../ipc/api.ts';

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
  const text = !isUrlIn(plain) && isUrlIn(html) ? html : plain;
  if (/^https?:/im.test(links)) return request('inputs:register-text', { text: links, origin });
  if (files.length > 0) return registerFiles(files);
  if (text.trim() !== '') return request('inputs:register-text', { text, origin });
  return { inputs: [], refused: [] };
}

/** Whether a text names something of the web. */
export function isUrlIn(text: string): boolean {
  return /https?:\/\//i.test(text);
}
