import type { Registration } from '../../shared/ipc/inputs.ts';
import { registerFiles, request } from './api.ts';

/** What a drop carries, taken while the drop event lasts: afterwards its data is gone. */
interface Carried {
  readonly files: readonly File[];
  readonly text: string;
}

/** Links and images dragged from a browser come as `text/uri-list`, which is better than their text. */
export function carriedBy(data: DataTransfer): Carried {
  return {
    files: [...data.files],
    text: data.getData('text/uri-list') || data.getData('text/plain'),
  };
}

/** Files win: a browser puts a temporary copy beside the link only where there is a real file. */
export async function register(carried: Carried, origin: 'paste' | 'drop'): Promise<Registration> {
  if (carried.files.length > 0) return registerFiles(carried.files);
  if (carried.text.trim() !== '') return request('inputs:register-text', { text: carried.text, origin });
  return { inputs: [], refused: [] };
}
