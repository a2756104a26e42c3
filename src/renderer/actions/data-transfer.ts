import type { Registration } from '../../shared/ipc/inputs.ts';
import { registerFiles, request } from '../ipc/api.ts';

/** What a drop or a paste carries, taken while its event lasts: afterwards the data is gone. */
export interface Carried {
  readonly files: readonly File[];
  readonly links: string;
  readonly text: string;
}

export function carriedBy(data: DataTransfer): Carried {
  return {
    files: [...data.files],
    links: data.getData('text/uri-list'),
    text: data.getData('text/plain'),
  };
}

/**
 * Links win: with an image dragged from a browser comes a file that exists nowhere. A file manager's own links
 * are to files, and its files say the same better.
 */
export async function register(carried: Carried, origin: 'paste' | 'drop'): Promise<Registration> {
  const { files, links, text } = carried;
  if (/^https?:/im.test(links)) return request('inputs:register-text', { text: links, origin });
  if (files.length > 0) return registerFiles(files);
  if (text.trim() !== '') return request('inputs:register-text', { text, origin });
  return { inputs: [], refused: [] };
}
