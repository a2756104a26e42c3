import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { LivePoolSize } from '../../engine/index.ts';
import {
  isOfFunction,
  type JournalHead,
  journalLines,
  journalPath,
  type ResultLine,
  type RunOverview,
  runOverview,
} from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { errorCodes } from '../../shared/error-codes/error-codes.ts';
import type { JournalId } from '../../shared/ipc/history.ts';
import type { JobKind } from '../../shared/ipc/job.ts';
import type { RunId } from '../../shared/ipc/run.ts';
import type { ItemResult, Status } from '../../shared/result.ts';
import { filesGone } from '../history/files-gone.ts';
import { quitReason } from '../history/former-run.ts';
import { inSlices } from '../history/in-slices.ts';
import { isUrl, jobOfHead, windowDetailsOf } from '../history/job-of-head.ts';
import { wordsFor } from '../history/prepare-again.ts';
import { InspectedPictures } from '../images/inspected-pictures.ts';
import { pictureOf, readPicture } from '../images/picture-file.ts';
import type { ThumbRegistry } from '../images/thumb-registry.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { StoredItem } from '../views/row-store.ts';
import { RunRecord } from '../views/run-record.ts';
import { haltedWords } from './halted-words.ts';
import { Run } from './run.ts';
import type { Held } from './run-registry.ts';

const statuses: ReadonlySet<string> = new Set<Status>(['done', 'skipped', 'failed', 'cancelled']);

/** Rows cost memory: of larger runs the command line tells. */
const mostItems = 2_000_000;

/**
 * Reads a former run from its journal, to be looked at like one that has just ended.
 * @throws RequestProblem when the journal cannot tell of it.
 */
export async function openRun(id: JournalId, thumbs: ThumbRegistry): Promise<Held> {
  const run = runOverview(id);
  const job = run && jobOfHead(run.head);
  if (!run) throw new RequestProblem('UNKNOWN_RUN', t('The journal of this run is gone, or cannot be read.'));
  if (!job) {
    throw new RequestProblem(
      'CANNOT_SHOW',
      t('The window shows no items of this run: {{command}} tells of it.', { command: commandFor(id) }),
    );
  }
  const { counts, head, summary } = run;
  if (counts.done + counts.skipped + counts.failed + counts.cancelled > mostItems) {
    throw new RequestProblem(
      'TOO_LARGE',
      t('This run has more items than the window can list: {{command}} tells of it.', {
        command: commandFor(id),
      }),
    );
  }
  const runThumbs = thumbs.register(async (index) => {
    const item = session.item(index);
    const path = item && pictureOf(item);
    return path === undefined ? undefined : readPicture(path);
  });
  const thumbOf = (item: StoredItem) =>
    pictureOf(item) === undefined ? undefined : runThumbs.idOf(item.index);
  const { record, poolSize } = await recordOf(run, job.kind, thumbOf);
  const limit = summary?.limit;
  const problem = problemOf(run);
  const session = new Run({
    runId: windowDetailsOf(head)?.runId ?? (randomUUID() as RunId),
    kind: job.kind,
    title: head.title,
    destination: job.destination,
    poolSize: new LivePoolSize(poolSize, poolSize),
    work: () => Promise.reject(new Error('This run is over.')),
    thumbOf,
    tell: () => {},
    over: { record, limit, problem, summary },
  });
  const inspected = new InspectedPictures(thumbs);
  const needs = wordsFor(head.withheld ?? []);
  return { session, job, thumbs: runThumbs, inspected, ended: Promise.resolve(), needs };
}

async function recordOf(
  run: RunOverview,
  kind: JobKind,
  thumbOf: ConstructorParameters<typeof RunRecord>[0],
) {
  const { head, total, seconds, undone, state } = run;
  let now = 0;
  const record = new RunRecord(thumbOf, { read: () => now, pause: () => {}, resume: () => {} }, kind);
  let poolSize = 1;
  let batch: ResultLine[] = [];
  let index = 0;
  const settle = (): void => {
    for (const line of batch) {
      record.settle(resultOf(line, index, head), poolSize);
      index += 1;
    }
    batch = [];
  };
  for await (const line of inSlices(journalLines(journalPath(head.id)))) {
    if (line.type === 'result' && isSound(line)) batch.push(line);
    // The results before it ended until then.
    else if (line.type === 'progress' && Number.isFinite(line.atMs)) {
      now = Math.max(now, line.atMs);
      settle();
    } else if (line.type === 'pool' && Number.isSafeInteger(line.size) && line.size > 0) {
      poolSize = Math.min(line.size, 1_024);
      record.mark(poolSize);
    } else if (line.type === 'warning') record.warn(String(line.message));
  }
  now = Math.max(now, seconds * 1_000);
  settle();
  record.setTotal(total ?? index, total !== undefined || state !== 'running');
  if (state === 'ended') record.setTotalToEnded();
  record.close(poolSize);
  if (undone) {
    record.warn(
      t('{{count, number}} files of this run were removed since, by an undo.', { count: undone.removed }),
    );
  } else {
    const gone = await filesGone(record);
    if (gone !== undefined) record.warn(gone);
  }
  if (state === 'running') record.warn(t('This run is still on, elsewhere: these are its results by now.'));
  return { record, poolSize };
}

/** The command line that tells of a run. */
function commandFor(id: JournalId): string {
  return `\`shoal runs show ${id}\``;
}

/** Anybody may have changed a journal: what is no result is passed over. */
function isSound({ input, status }: ResultLine): boolean {
  return typeof input === 'string' && statuses.has(status);
}

/** A result with whole paths: the command line tells them from its folder. */
function resultOf(line: ResultLine, index: number, head: JournalHead): ItemResult {
  const { folder } = head;
  // An item of a person's own function need not be a path.
  const isMap = isOfFunction(head);
  const { type: _type, cut: _cut, input, output, thumbnail, error, ...further } = line;
  const whole = (path: string): string => (isUrl(path) ? path : resolve(folder, path));
  const code = errorCodes.find((known) => known === error?.code) ?? 'UNEXPECTED';
  return {
    ...further,
    index,
    input: isMap ? input : whole(input),
    ...(output !== undefined && { output: whole(output) }),
    ...(thumbnail && {
      thumbnail: {
        ...thumbnail,
        ...(thumbnail.output !== undefined && { output: whole(thumbnail.output) }),
      },
    }),
    ...(error && { error: { ...error, code } }),
  };
}

function problemOf({ state, problem, interrupted, summary }: RunOverview): string | undefined {
  if (problem !== undefined) return problem;
  if (state === 'died')
    return t('It was cut short: the program or the machine was stopped in the middle of it.');
  return interrupted === quitReason ? t('Shoal was closed in the middle of it.') : haltedWords(summary);
}
