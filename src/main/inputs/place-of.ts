import { dirname, sep } from 'node:path';

/** `…/2024/photos` of `/home/me/2024/photos/a.jpg`. Never the whole path, unless that is one folder. */
export function placeOf(path: string): string {
  const parts = dirname(path).split(sep).filter(Boolean);
  const shown = Math.max(1, Math.min(2, parts.length - 1));
  return ['…', ...parts.slice(-shown)].join(sep);
}
