import { describe } from 'vitest';
import type { WorkerSettings } from '../../src/engine/fetches/protocol/protocol.ts';
import { Attempts as AttemptsBy } from '../attempts.ts';

/** Holds both transports to the same behaviour: the tests that `define` makes, once by each of them. */
export function byBothTransports(define: (Attempts: AttemptsOf) => void): void {
  describe.each([
    ['our own transport', {}],
    ['undici', { plainBy: 'undici' } as const],
  ])('by %s:', (_name, clients) => {
    define(class extends AttemptsBy {
      constructor(settings: Partial<WorkerSettings> = {}) {
        super(settings, clients);
      }
    });
  });
}

type AttemptsOf = new (settings?: Partial<WorkerSettings>) => AttemptsBy;
