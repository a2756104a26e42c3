import { resolve } from 'node:path';
import { type Engine, UsageError } from '../../../../engine/index.ts';
import {
  isOfFunction,
  keepStateFolder,
  type MapHead,
  mapItemsAgain,
  notKeptWhole,
  type RunOverview,
  requestAgain,
  unfinishedItems,
} from '../../../../engine/run/front-ends/index.ts';
import { type MapRecipe, mapRecipeSchema } from '../../../../shared/recipe.ts';
import { type FetchAccess, fetchRequestSchema, thumbnailRequestSchema } from '../../../../shared/requests.ts';
import { asksForSets } from '../../../../shared/settings/set-kinds.ts';
import { checked } from '../../../flags/checked.ts';
import { flagHint } from '../../../flags/flag-hint.ts';
import { out } from '../../../output/streams.ts';
import { warn } from '../../../output/verbosity.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { interruptSignal } from '../../../process/interrupt.ts';
import { accessOf, type FetchFlags } from '../fetch.ts';
import { runItems } from '../map.ts';
import type { Again, RunFlags } from '../reported-run.ts';
import { runCommand } from '../run-command.ts';
import { codesOf } from './codes-of.ts';
import { formerRunThatIsOver } from './former-run.ts';

export interface RetryFlags extends RunFlags, Pick<FetchFlags, 'user' | 'netrc'> {
  readonly only?: readonly string[];
  readonly header?: Readonly<Record<string, string>>;
  readonly options?: unknown;
}

/**
 * `shoal runs retry ID`: does again what failed or was cancelled, and what had no result when the run was cut short.
 * Outputs get the names that they would have got, as the whole request is planned once more.
 * @returns the exit code.
 */
export async function retryRun(id: string, flags: RetryFlags, engine: Engine): Promise<number> {
  // Before anything names a journal.
  keepStateFolder();
  const run = formerRunThatIsOver(id);
  const only = codesOf(flags.only);
  if (isOfFunction(run.head)) return retryMap(run, flags, only);
  const again: Again = {
    title: run.head.title,
    retryOf: { id: run.head.id, ...(only && { only }) },
    only: unfinishedItems(run, only),
  };
  // What is made of all items together may be missing although each of them is done.
  const isIncomplete = run.state !== 'ended' && asksForSets(run.head.request ?? {});
  const { limited = false, id: whole } = run.head;
  const unknown = `${whole} was limited to some items, and what of them it had not come to is not known.`;
  const isUnknown = limited && !only && run.state !== 'ended';
  if (again.only?.size === 0 && !isIncomplete) {
    if (isUnknown) throw new UsageError(unknown);
    return nothingLeft(run, only);
  }
  if (isUnknown) warn(unknown);
  const { request, fromJournal, withheld } = requestAgain(run.head);
  // What is given now starts from where the person is.
  const access = request.kind === 'fetch' && (await accessFromHere(flags));
  inFolderOf(run);
  if (fromJournal) warnOfInput(run);
  const force = flags.force ?? run.head.force ?? false;
  if (!access) {
    const checkedRequest = checked(thumbnailRequestSchema, request as never);
    return runCommand(engine, checkedRequest, { ...flags, force }, again);
  }
  const given: Readonly<Record<string, unknown>> = { ...access, headers: flags.header };
  const missing = withheld.filter((key) => given[key] === undefined && key !== 'password');
  if (missing.length > 0) {
    throw new UsageError([
      `This run was given what its journal does not keep: ${missing.join(', ')}. Give it again.`,
      ...missing.flatMap((key) => flagHint(key) ?? []),
    ]);
  }
  const recipe = { ...(request.recipe as object), ...(flags.header && { headers: flags.header }) };
  const checkedRequest = checked(fetchRequestSchema, { ...request, recipe, access } as never);
  return runCommand(engine, checkedRequest, { ...flags, force }, again);
}

/**
 * `shoal runs resume ID`: the rest of a run that was cut short.
 * @returns the exit code.
 */
export async function resumeRun(id: string, flags: RetryFlags, engine: Engine): Promise<number> {
  const { head, state } = formerRunThatIsOver(id);
  if (state === 'ended') {
    throw new UsageError(
      `${head.id} ended: nothing of it is left to resume. What failed is done again by retry.`,
    );
  }
  return retryRun(id, flags, engine);
}

async function retryMap(run: RunOverview, flags: RetryFlags, only?: readonly string[]): Promise<number> {
  const request = run.head.request as MapHead;
  const recipe = recipeAgain(run, flags);
  const { title, id } = run.head;
  let cut = 0;
  function* whole(): Generator<string, void> {
    for (const item of mapItemsAgain(run, request, only)) {
      if (item === null) cut += 1;
      else yield item;
    }
  }
  inFolderOf(run);
  if (request.items === null) warnOfInput(run);
  // What came by arguments fits into memory; what came by a pipe may not.
  const kept = request.items === null ? null : [...whole()];
  if (kept?.length === 0) return nothingLeft(run, only);
  const items = kept ?? whole();
  const retryOf = { id, ...(only && { only }) };
  const code = await runItems(flags, interruptSignal(), {
    module: request.module,
    recipe,
    order: request.order ?? 'input',
    items,
    kept,
    title,
    shard: request.shard,
    retryOf,
  });
  if (cut > 0) warn(notKeptWhole(cut));
  return code;
}

/** How the function was applied then; what a journal does not keep is given once more. */
function recipeAgain({ head }: RunOverview, { options }: RetryFlags): MapRecipe {
  const { recipe = {} } = head.request as MapHead;
  const isMissing = head.withheld?.includes('data') ?? false;
  if (isMissing && options === undefined) {
    throw new UsageError('The options of this run were too long for its journal: give them again.', {
      setting: 'data',
    });
  }
  return checked(mapRecipeSchema, { ...recipe, ...(options !== undefined && { data: options }) });
}

function nothingLeft({ head }: RunOverview, only: readonly string[] | undefined): number {
  out.line(
    only ? `Nothing in ${head.id} failed by ${only.join(', ')}.` : `Nothing of ${head.id} is left to do.`,
  );
  return exitCode.fine;
}

/** What the flags say about access, with the paths of its files whole. */
async function accessFromHere(flags: RetryFlags): Promise<FetchAccess> {
  const access = await accessOf(flags);
  const files = ['hostsFile', 'netrcFile', 'cookieFile', 'caFile'] as const;
  const whole = files.flatMap((key) => (access[key] === undefined ? [] : [[key, resolve(access[key])]]));
  return { ...access, ...Object.fromEntries(whole) };
}

/** Relative paths start from there, and results name their items as they did. */
function inFolderOf({ head }: RunOverview): void {
  try {
    process.chdir(head.folder);
  } catch (cause) {
    throw new UsageError(`${head.id} was started in ${head.folder}, which cannot be entered any more.`, {
      cause,
    });
  }
}

function warnOfInput({ head, state }: RunOverview): void {
  const rest = state === 'ended' ? '' : ' What it had not come to is not known.';
  warn(`${head.id} read standard input, so its items are taken from its journal.${rest}`);
}
