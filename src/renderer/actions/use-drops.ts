import { useEffect, useState } from 'react';
import type { Registration } from '../../shared/ipc/inputs.ts';
import { carriedBy, register } from './data-transfer.ts';

/**
 * Drop anywhere in the window, paste anywhere but in a field. Returns whether something is being dragged over
 * the window now.
 */
export function useDrops(
  take: (registration: Registration) => void,
  fail: (error: unknown) => void,
): { readonly dragging: boolean } {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const carried = (data: DataTransfer | null, origin: 'drop' | 'paste') => {
      if (data) register(carriedBy(data), origin).then(take, fail);
    };
    window.addEventListener('dragenter', () => setDragging(true), { signal });
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    // Leaving one element for another is told too; only out of the window there is no other.
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setDragging(false), {
      signal,
    });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setDragging(false);
        carried(event.dataTransfer, 'drop');
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
        carried(event.clipboardData, 'paste');
      },
      { signal },
    );
    return () => stop.abort();
  }, [take, fail]);
  return { dragging };
}
