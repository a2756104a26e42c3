import { resolve } from 'node:path';
import {
  figuresOf,
  journalLines,
  journalPath,
  type RunOverview,
  runPage,
  writeWhole,
} from '../../../../engine/index.ts';
import { limitSentence } from '../../../../shared/limit-sentence.ts';
import { fetchRecipeSchema, thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import type { Summary } from '../../../../shared/result.ts';
import { allSettings } from '../../../../shared/settings/all-settings.ts';
import { out } from '../../../output/streams.ts';
import { causeLines, duration, limitLines, summaryLine } from '../../../output/wording.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { formerRun } from './former-run.ts';
import { eventOf, whenOf } from './list-runs.ts';

interface ShowFlags {
  readonly json?: boolean;
  readonly html?: string;
}

/**
 * `shoal runs show ID`: what a run was to do and how it ended.
 * @returns the exit code.
 */
export function showRun(id: string, { json = false, html }: ShowFlags): number {
  const run = formerRun(id);
  const { head, counts, seconds, summary, interrupted, problem, undone } = run;
  const settings = settingsOf(head.request);
  if (html !== undefined) writePage(html, run, settings);
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
    ...limitLines(summary ?? {}),
    ...causeLines(summary ?? soFar),
    ...stageLines(summary),
    ...(undone ? [`undone ${whenOf(undone.at)}: ${undone.removed} files were removed`] : []),
  ]);
  return exitCode.fine;
}

/** Writes the run as a page to look at and to send. */
function writePage(path: string, run: RunOverview, settings: Readonly<Record<string, string>>): void {
  const { head, counts, seconds, summary } = run;
  const page = runPage(
    {
      id: head.id,
      title: head.title,
      standing: standingOf(run),
      settings,
      counts: { ...counts, seconds },
      stages: summary?.stages,
      limit: summary?.limit && limitSentence(summary.limit, 'terminal'),
    },
    figuresOf(journalLines(journalPath(head.id))),
  );
  writeWhole(resolve(path), Buffer.from(page));
}

/** How a run ended, and when it began. */
function standingOf({ head, state, interrupted, problem }: RunOverview): string {
  return `${state}${because(interrupted ?? problem)}, begun ${whenOf(head.startedAt)}`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
}

/** The settings of a request that differ from the defaults, by their flags. */
function settingsOf(request: object | null): Record<string, string> {
  const { kind, recipe, ...further } = (request ?? {}) as Readonly<Record<string, unknown>>;
  const defaults: Readonly<Record<string, unknown>> =
    kind === 'thumbnails'
      ? thumbnailRecipeSchema.parse({})
      : kind === 'fetch'
        ? fetchRecipeSchema.parse({})
        : {};
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...further, ...(recipe as object) })) {
    const setting = allSettings[key];
    const usual =
      key in defaults ? defaults[key] : setting && 'default' in setting ? setting.default : undefined;
    if (setting === undefined || value === undefined || JSON.stringify(value) === JSON.stringify(usual))
      continue;
    settings[setting.flag ?? key] = setting.type === 'switch' ? '' : textOf(value);
  }
  return settings;
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `stages: read 1.20 s, decode 10.3 s`: the time of all items together. */
function stageLines(summary: Summary | undefined): string[] {
  const told = Object.entries(summary?.stages ?? {}).map(([name, ms]) => `${name} ${duration(ms / 1_000)}`);
  return told.length > 0 ? [`stages: ${told.join(', ')}`] : [];
}
