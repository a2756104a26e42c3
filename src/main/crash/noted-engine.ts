import type { Engine } from '../../engine/index.ts';
import type { RunSnapshot } from '../../shared/ipc/run.ts';
import type { CrashReports } from './crash-reports.ts';

type Runs = Pick<Engine, 'run' | 'endWorkers'>;

/** An engine whose runs are noted as they begin: what they do, and no name. */
export function notedEngine(engine: Runs, reports: Pick<CrashReports, 'note'>): Runs {
  return {
    run: (request, options) => {
      reports.note(`a run began: ${request.kind}`);
      return engine.run(request, options);
    },
    endWorkers: () => engine.endWorkers(),
  };
}

/** Notes how a run ended. Threads that died in it are worth a report, unless the program in them was the person's own. */
export function noteEnd(
  { kind, counters, failures }: Pick<RunSnapshot, 'kind' | 'counters' | 'failures'>,
  reports: Pick<CrashReports, 'note' | 'write'>,
): void {
  const { done, skipped, failed, cancelled } = counters;
  const causes = failures.map(({ code, count }) => `${count} ${code}`).join(', ');
  reports.note(
    `the run ended: ${done} done, ${skipped} skipped, ${failed} failed${causes && ` (${causes})`}, ${cancelled} cancelled`,
  );
  const died = failures.find(({ code }) => code === 'WORKER_DIED');
  if (died === undefined || kind === 'map') return;
  reports.write('workers', `${died.count} items ended the worker threads that held them`, died.example);
}
