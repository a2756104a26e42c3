import { useEffect, useState } from 'react';
import type { Registration } from '../../shared/ipc/inputs.ts';
import { isOwnDrag } from '../lib/own-drag.ts';
import { carriedBy, isUrlIn, register } from './data-transfer.ts';

/**
 * Takes a drop anywhere in the window, and a paste anywhere but in a field. Returns whether something is being dragged
 * over the window now.
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
    window.addEventListener(
      'dragenter',
      (event) => {
        // What lies under a pointer that rests may change just before the drop, which then has no `dragover` of its own.
        event.preventDefault();
        setDragging(!isOwnDrag());
      },
      { signal },
    );
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    // The event also fires between two elements of the page; only on leaving the window is there no related target.
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setDragging(false), {
      signal,
    });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setDragging(false);
        if (!isOwnDrag()) carried(event.dataTransfer, 'drop');
      },
      { signal },
    );
    window.addEventListener(
      'paste',
      (event) => {
        const { clipboardData, target } = event;
        if (isKeptByField(target, clipboardData)) return;
        event.preventDefault();
        carried(clipboardData, 'paste');
      },
      { signal },
    );
    return () => stop.abort();
  }, [take, fail]);
  return { dragging };
}

/** Inputs that hold no text. The screens' own tabs are some: the focus is there after each change of screen. */
const withoutText: ReadonlySet<string> = new Set(['radio', 'checkbox', 'range']);

/** A field keeps what is pasted into it, but in a field of numbers URLs can only be meant for the window. */
function isKeptByField(target: EventTarget | null, data: DataTransfer | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement) || withoutText.has(target.type)) return false;
  const isOfNumbers = target.inputMode === 'decimal';
  return !(isOfNumbers && data !== null && isUrlIn(data.getData('text/plain')));
}
