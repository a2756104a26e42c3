import type { ThumbId } from '../../shared/ipc/run.ts';

/** Where the page gets a picture that main has registered. */
export function thumbAddress(id: ThumbId): string {
  return `thumb://shoal/${id}`;
}
