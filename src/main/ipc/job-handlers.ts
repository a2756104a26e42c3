import { clipboard } from 'electron';
import type { Engine } from '../../engine/index.ts';
import { t } from '../../languages/translate.ts';
import type { StartRun } from '../../shared/ipc/job.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { FileRegistry } from '../inputs/file-registry.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import type { OutputRegistry } from '../inputs/output-registry.ts';
import { commandLine } from '../jobs/command-line.ts';
import type { LatestPreview } from '../jobs/latest-preview.ts';
import { assertModuleMayRun } from '../jobs/module-may-run.ts';
import { previewJob } from '../jobs/preview-job.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import { keyOfJob, resolveJob } from '../jobs/resolved-job.ts';
import { assertWritableOutput } from '../jobs/writable-output.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { TuneRun } from '../runs/tune-run.ts';
import type { LatestSamples } from '../samples/latest-samples.ts';
import type { PastedLists } from '../storage/pasted-lists.ts';
import type { RecentRuns } from '../storage/recent-runs.ts';
import type { JobHandlers } from './handlers.ts';
import { startSizeOf } from './start-size.ts';

interface JobParts {
  readonly inputs: InputRegistry;
  readonly outputs: OutputRegistry;
  readonly files: FileRegistry;
  readonly modules: ModuleRegistry;
  /** The output folder for fetched files if the person has chosen none. */
  readonly downloads: string;
  readonly texts: PastedLists;
  readonly engine: Engine;
  readonly previews: LatestPreview;
  readonly samples: Pick<LatestSamples, 'stop'>;
  readonly sessions: RunRegistry;
  readonly recent: RecentRuns;
  readonly tuning: TuneRun;
  readonly settings: () => Settings;
}

/** The handlers for a job: preview it, run it, tune it, copy it as a command line. */
export function jobHandlers(parts: JobParts): JobHandlers {
  const { engine, previews, samples, sessions, recent, tuning } = parts;

  const poolSizeOf = ({ job, poolSize }: Pick<StartRun, 'job' | 'poolSize'>) =>
    startSizeOf(job.kind, poolSize, parts.settings());

  return {
    'run:preview': async (request) => {
      const job = resolveJob(request, parts);
      assertWritableOutput(job);
      // It loads the module.
      await assertModuleMayRun(job, parts.modules);
      return previews.ask(keyOfJob(request), (signal) =>
        previewJob(job, ({ request, force }, options) => engine.run(request, { ...options, force }), signal),
      );
    },
    'run:forecast': async (request) => {
      const found = previews.plannedOf(keyOfJob(request));
      if (sessions.isOn || found === undefined) return null;
      const { planned, signal } = found;
      const { size: poolSize } = poolSizeOf(request);
      const forecast = await engine.forecast(resolveJob(request, parts).request, planned, {
        poolSize,
        signal,
      });
      if (!forecast) return null;
      const { items, seconds, bytesIn, bytesOut, failures } = forecast;
      return { poolSize, items, seconds, bytesIn, bytesOut, failures };
    },
    'run:start': async (request) => {
      previews.stop();
      samples.stop();
      await tuning.cancel();
      const starting = sessions.start(resolveJob(request, parts), poolSizeOf(request));
      // The page may have asked for more of them in the meantime.
      samples.stop();
      const runId = await starting;
      return sessions.get(runId).snapshot();
    },
    'run:copy-command': async (request) => {
      const command = commandLine(resolveJob(request, parts), request.poolSize, (text) =>
        parts.texts.save(text),
      );
      await clipboard.writeText(command);
      return { command };
    },
    'runs:recent': async () => recent.list(),
    'runs:again': async ({ runId }) => {
      const job = recent.job(runId);
      if (job === undefined)
        throw new RequestProblem('UNKNOWN_RUN', t('What this run was to do is not known any more.'));
      const needs = recent.needs(runId);
      if (needs.length > 0) {
        throw new RequestProblem(
          'NEEDS_AGAIN',
          t(
            'This run was given what is not kept: {{needs}}. “Run again” in the history shows its settings, to give it there; what is done is skipped.',
            { needs: needs.join(', ') },
          ),
        );
      }
      const poolSize = startSizeOf(job.kind, undefined, parts.settings());
      const again = await sessions.start(job, poolSize, { continues: runId });
      return sessions.get(again).snapshot();
    },
    'tune:start': async ({ sizes, ...request }) => {
      if (sessions.isOn)
        throw new RequestProblem('RUN_ON', t('A run is on, which would spoil the measurement.'));
      const job = resolveJob(request, parts);
      if (job.kind === 'map') {
        throw new RequestProblem(
          'NOT_TUNED',
          t('A task of your own is not repeated to be timed: its pool finds the best size while it runs.'),
        );
      }
      tuning.start(job, sizes);
    },
    'tune:cancel': async () => {
      await tuning.cancel();
    },
  };
}
