import type { UpdateHandlers } from '../ipc/handlers.ts';
import type { Updates } from './updates.ts';

/** The handlers for newer versions. What comes of a call is told by `updates:changed`. */
export function updateHandlers(updates: Updates): UpdateHandlers {
  return {
    'updates:get': async () => updates.state,
    'updates:look': async () => {
      await updates.look();
    },
    'updates:download': async () => {
      await updates.download();
    },
    'updates:restart': async () => {
      await updates.restart();
    },
    'updates:not-now': async () => {
      updates.notNow();
    },
  };
}
