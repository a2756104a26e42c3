import { useEffect } from 'react';

/**
 * "Select all" by key or by menu outside of a field: it would mark the texts that may be copied, scattered over the
 * window. A selection that begins in such a text is left alone.
 */
export function useNoSelectAll(): void {
  useEffect(() => {
    const started = (event: Event) => {
      const { target } = event;
      if (target === document || target === document.body || target === document.documentElement) {
        event.preventDefault();
      }
    };
    document.addEventListener('selectstart', started);
    return () => document.removeEventListener('selectstart', started);
  }, []);
}
