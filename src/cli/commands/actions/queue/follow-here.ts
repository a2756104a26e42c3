import type {
  FollowedRun,
  QueueClient,
  RunRecord,
  RunStanding,
} from '../../../../engine/cluster/front-ends/index.ts';
import { wantedPoolSize } from '../../../../engine/index.ts';
import { Journal } from '../../../../engine/run/front-ends/index.ts';
import type { ItemResult, Summary } from '../../../../shared/result.ts';
import { addressWithoutSecrets } from '../../../../shared/without-secrets.ts';
import { chooseReporter } from '../../../output/choose-reporter.ts';
import { mapReporter } from '../../../output/map/map-reporter.ts';
import { StandingEvents } from '../../../output/standing-events.ts';
import { out } from '../../../output/streams.ts';
import { notice, warn } from '../../../output/verbosity.ts';
import { codeOfInterruption, exitCode } from '../../../process/exit-codes.ts';
import { endSoon } from '../../../process/interrupt.ts';

/** What is told of a run that workers have: the same as of one on this machine. */
interface Following {
  readonly flags: { readonly json?: boolean; readonly journal?: boolean };
  readonly place: string;
  readonly url: string;
  readonly signal: AbortSignal;
}

interface Teller {
  result(result: ItemResult): void;
  warning(warning: string): void;
  standing?(standing: RunStanding): void;
  summary(summary: Summary, isWhole: boolean): void;
}

/** Follows a run to its end. @returns the exit code. */
export async function followHere(
  client: QueueClient,
  record: RunRecord,
  { flags, place, url, signal }: Following,
): Promise<number> {
  const teller = await tellerOf(record, flags);
  const journal = flags.journal === false ? undefined : journalOf(record, { place, url, signal });
  const followed = await client.follow(record, place, {
    signal,
    onResult: (result) => {
      journal?.result(result);
      teller.result(result);
    },
    onWarning: (warning) => {
      journal?.warning(warning);
      teller.warning(warning);
    },
    onStanding: (standing) => teller.standing?.(standing),
  });
  const { summary, ending, problems } = followed;
  for (const [bucket, problem] of problems) teller.warning(`Bucket ${bucket} failed: ${problem}`);
  teller.summary(summary, ending === 'ended');
  journal?.end(summary);
  if (problems.size > 0) notice(`shoal runs retry ${record.id} does the failed buckets again.`);
  if (signal.aborted) endSoon(signal);
  return codeOf(followed, record, signal);
}

function codeOf({ ending, summary, problems }: FollowedRun, { id }: RunRecord, signal: AbortSignal): number {
  if (ending === 'detached') {
    notice(
      `${id} goes on without this terminal: shoal follow ${id} shows it, shoal runs cancel ${id} ends it.`,
    );
    return codeOfInterruption(signal.reason);
  }
  if (ending === 'cancelled') {
    notice(`${id} was cancelled.`);
    return exitCode.interrupted;
  }
  return summary.failed > 0 || problems.size > 0 ? exitCode.someFailed : exitCode.fine;
}

async function tellerOf(record: RunRecord, flags: { readonly json?: boolean }): Promise<Teller> {
  if (record.request.kind !== 'map') {
    const reporter = await chooseReporter(flags, wantedPoolSize(record.request.kind, 1), 'elsewhere');
    reporter.total?.(record.items);
    return {
      result: (result) => reporter.result(result),
      warning: (warning) => reporter.warning(warning),
      standing: (standing) => reporter.standing?.(standing),
      summary: (summary, isWhole) =>
        reporter.summary(summary, isWhole ? undefined : { planned: record.items }),
    };
  }
  const reporter = await mapReporter(flags);
  const events = new StandingEvents((line) => out.line(line));
  return {
    result: ({ index, input: item, status, ms, value, error }) => {
      if (status === 'done') reporter.result({ index, item, ms, status, value });
      else if (error) reporter.result({ index, item, ms, status: 'failed', error });
    },
    warning: warn,
    ...(flags.json && { standing: (standing: RunStanding) => events.tell(standing) }),
    summary: (_summary, isWhole) => void reporter.summary({ interrupted: !isWhole }),
  };
}

function journalOf(
  { id, request, title, force }: RunRecord,
  { place, url, signal }: Pick<Following, 'place' | 'url' | 'signal'>,
): Journal {
  const queue = { url: addressWithoutSecrets(url), run: id, place };
  return new Journal({
    request: journalledRequest(request),
    force,
    signal,
    journal: { front: 'terminal', title, details: { queue } },
    onWarning: warn,
  });
}

/** A journal keeps of the request what the place has: no items, and nothing that gives access. */
function journalledRequest(request: RunRecord['request']): object {
  switch (request.kind) {
    case 'thumbnails':
      return request;
    case 'map':
      return { ...request, items: null };
    case 'fetch':
      return { ...request, inputs: [], recipe: { ...request.recipe, headers: {} } };
  }
}
