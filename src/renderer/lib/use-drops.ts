import { useEffect } from 'react';
import type { Registration } from '../../shared/ipc/inputs.ts';
import { carriedBy, register } from './take-dropped.ts';

/** Drop anywhere in the window, paste anywhere but in a field. */
export function useDrops(take: (registration: Registration) => void): void {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        if (event.dataTransfer) void register(carriedBy(event.dataTransfer), 'drop').then(take);
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
        if (event.clipboardData) void register(carriedBy(event.clipboardData), 'paste').then(take);
      },
      { signal },
    );
    return () => stop.abort();
  }, [take]);
}
