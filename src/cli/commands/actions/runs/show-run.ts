import { resolve } from 'node:path';
import type { RunOverview } from '../../../../engine/run/front-ends/index.ts';
import type { Summary } from '../../../../shared/result.ts';
import { settingsOfRequest } from '../../../../shared/settings-of-request.ts';
import { out } from '../../../output/streams.ts';
import {
  causeLines,
  duration,
  limitLines,
  poolLines,
  removedLines,
  summaryLine,
} from '../../../output/wording.ts';
import { writeGiven } from '../../../output/write-given.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { formerRun } from './former-run.ts';
import { eventOf } from './list-runs.ts';
import { whenOf } from './when-of.ts';

interface ShowFlags {
  readonly json?: boolean;
  readonly html?: string;
}

/**
 * `shoal runs show ID`: what a run was to do and how it ended.
 * @returns the exit code.
 */
export async function showRun(id: string, { json = false, html }: ShowFlags): Promise<number> {
  const run = formerRun(id);
  const { head, counts, seconds, summary, interrupted, problem, undone } = run;
  const settings = settingsOfRequest(head.request);
  if (html !== undefined) {
    const { pageOfRun } = await import('../../../../engine/run/front-ends/pictures.ts');
    writeGiven('--html', resolve(html), pageOfRun(run, settings));
  }
  if (json) {
    const { request, withheld, retryOf, program } = head;
    const more = { program, request, withheld, retryOf, settings, interrupted, problem, summary };
    out.line(JSON.stringify({ ...eventOf(run), ...more }));
    return exitCode.fine;
  }
  // Of a run without a summary the journal knows the counts, as far as it goes.
  const { done, skipped, failed, cancelled } = counts;
  const total = done + skipped + failed + cancelled;
  const soFar: Summary = { total, ...counts, seconds, perSecond: seconds > 0 ? total / seconds : 0 };
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`.trimEnd());
  out.lines([
    `${head.id}  ${head.title}`,
    `${standingOf(run)} in ${head.folder}, version ${head.program}`,
    ...(head.retryOf ? [`again what was left of ${head.retryOf.id}`] : []),
    ...(told.length > 0 ? [`settings: ${told.join(', ')}`] : []),
    ...(head.withheld ? [`not kept: ${head.withheld.join(', ')}`] : []),
    summaryLine(summary ?? soFar),
    ...removedLines(summary ?? {}),
    ...poolLines(summary ?? {}),
    ...limitLines(summary ?? {}),
    ...causeLines(summary ?? soFar),
    ...stageLines(summary),
    ...(undone ? [`undone ${whenOf(undone.at)}: ${undone.removed} files were removed`] : []),
  ]);
  return exitCode.fine;
}

/** How a run ended, and when it began. */
function standingOf({ head, state, interrupted, problem }: RunOverview): string {
  return `${state}${because(interrupted ?? problem)}, begun ${whenOf(head.startedAt)}`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
}

/** `stages: read 1.20 s, decode 10.3 s`: the time of all items together. */
function stageLines(summary: Summary | undefined): string[] {
  const told = Object.entries(summary?.stages ?? {}).map(([name, ms]) => `${name} ${duration(ms / 1_000)}`);
  return told.length > 0 ? [`stages: ${told.join(', ')}`] : [];
}
