import type { LivePoolSize } from '../../engine/engine.ts';
import { JsonReporter } from './json-reporter.ts';
import { PlainReporter } from './plain-reporter.ts';
import type { Reporter } from './reporter.ts';
import { out } from './streams.ts';

/** JSON lines when asked for, a live line on a terminal, plain lines otherwise. */
export async function chooseReporter(
  { json = false }: { json?: boolean },
  poolSize: LivePoolSize,
): Promise<Reporter> {
  if (json) return new JsonReporter();
  if (!out.isTerminal) return new PlainReporter();
  // Loaded here, because drawing on a terminal takes a while to load and a pipe has no use for it.
  const { LiveReporter } = await import('./live-reporter.ts');
  return new LiveReporter(await out.liveLine(), poolSize);
}
