import type { LivePoolSize } from '../../engine/engine.ts';
import { JsonReporter } from './json-reporter.ts';
import { PlainReporter } from './plain-reporter.ts';
import { QuietReporter } from './quiet-reporter.ts';
import type { Reporter } from './reporter.ts';
import { out } from './streams.ts';
import { isQuiet, isVerbose, progressWanted } from './verbosity.ts';

/**
 * JSON lines when asked for, a live line on a terminal, plain lines otherwise, or nothing but failures; and around it what
 * is told on standard error besides. What draws on a terminal is loaded only where it is used.
 * @param where a run that is elsewhere has the pools of its workers.
 */
export async function chooseReporter(
  { json = false }: { json?: boolean },
  poolSize: LivePoolSize,
  where: 'here' | 'elsewhere' = 'here',
): Promise<Reporter> {
  let reporter = json ? new JsonReporter() : await reporterForPeople(poolSize);
  if (needsProgressBeside(json)) {
    const { withProgress } = await import('./with-progress.ts');
    reporter = withProgress(reporter, poolSize);
  }
  if (!isVerbose()) return reporter;
  const { withDetails } = await import('./with-details.ts');
  return withDetails(reporter, where === 'here' ? poolSize : undefined);
}

async function reporterForPeople(poolSize: LivePoolSize): Promise<Reporter> {
  if (isQuiet()) return new QuietReporter();
  if (!out.isScreen) return new PlainReporter();
  const { LiveReporter } = await import('./live-reporter.ts');
  return new LiveReporter(progressWanted() === 'never' ? undefined : out.liveLine(), poolSize);
}

/** Whether progress is asked for where the reporter itself tells none. */
function needsProgressBeside(json: boolean): boolean {
  const tellsItself = !json && !isQuiet() && out.isScreen;
  return progressWanted() === 'asked' && !tellsItself;
}
