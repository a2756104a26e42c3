import { clipboard, shell } from 'electron';
import { z } from 'zod';
import type { CrashHandlers } from '../ipc/handlers.ts';
import type { JsonFile } from '../storage/json-file.ts';
import type { CrashReports } from './crash-reports.ts';

export const crashMemorySchema = z.object({
  /** The name of the newest report that the person has seen. */
  seen: z.string().default(''),
});

/** The handlers for the report of an unexpected end. The page sees its text and never a path. */
export function crashHandlers(
  reports: CrashReports,
  memory: JsonFile<z.infer<typeof crashMemorySchema>>,
): CrashHandlers {
  const offered = () => reports.offer(memory.read().seen);
  return {
    'crash:offer': async () => {
      const offer = offered();
      return offer === undefined ? null : { end: offer.end, place: offer.place, lines: offer.lines };
    },
    'crash:copy': async () => {
      const offer = offered();
      if (offer !== undefined) await clipboard.writeText(offer.lines.join('\n'));
    },
    'crash:reveal': async () => {
      const offer = offered();
      if (offer !== undefined) shell.showItemInFolder(offer.path);
    },
    'crash:seen': async () => {
      const offer = offered();
      if (offer !== undefined) memory.write({ seen: offer.name });
    },
  };
}
