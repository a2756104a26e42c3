import { failureOf } from '../../../shared/failure.ts';
import type { TaskContext } from '../../pool/threads/protocol.ts';
import { Claims } from '../common/claims.ts';
import type { LaneOpening, LaneOrder, LaneReport } from '../common/messages.ts';
import { failureOfThrown } from '../common/thrown.ts';
import { LanePlace } from './lane-place.ts';
import { type LoadedTask, loadTask } from './load-task.ts';

/** What `init` returned, by the address of its task: it is called once in a worker. */
const states = new Map<string, Promise<unknown>>();

/**
 * A worker's part in one run of `map`, from the loading of the module until the port is closed: chunks of items come by
 * the port, and reports go back.
 */
export async function serveLane(payload: unknown, { signal }: TaskContext): Promise<void> {
  const { port, url, name, data, places, claims: memory, ...settings } = payload as LaneOpening;
  const closed = new Promise<void>((resolve) => port.once('close', resolve));
  const report = (message: LaneReport): void => port.postMessage(message);
  let loaded: LoadedTask;
  try {
    loaded = await loadTask(url, name);
  } catch (error) {
    report({ kind: 'broken', error: failureOf(error, 'TASK_NOT_FOUND') });
    return closed.then(printed);
  }
  let state: unknown;
  try {
    state = await stateOf(`${url}#${name}`, loaded, data, signal);
  } catch (error) {
    const failure = failureOfThrown(error, 'TASK_NOT_FOUND');
    report({
      kind: 'broken',
      error: { ...failure, message: `init of ${url} failed: ${failure.message}` },
    });
    return closed.then(printed);
  }
  const claims = new Claims(memory);
  const own = Array.from(
    { length: places },
    () =>
      new LanePlace({
        port,
        claims,
        task: loaded.task,
        signal,
        data,
        state,
        timeoutMs: settings.timeoutMs,
        tellsProgress: settings.tellsProgress,
      }),
  );
  // A task that ends its thread loses no result of an item before.
  const flush = (): void => {
    for (const place of own) place.flush();
  };
  process.once('exit', flush);
  port.on('message', (order: LaneOrder) => {
    if (order === 'retire') void printed().then(() => report({ kind: 'printed' }));
    else own[order.chunk >> 1]?.add(order);
  });
  report({ kind: 'ready' });
  await closed;
  process.off('exit', flush);
  await printed();
}

/** Of what a thread prints, the thread that shows it asks for more when it has shown some: the rest would go with the thread. */
function printed(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write('', () => process.stderr.write('', () => resolve()));
  });
}

function stateOf(
  address: string,
  { init }: LoadedTask,
  data: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (!init) return Promise.resolve();
  const known = states.get(address);
  if (known) return known;
  const beginning = Promise.resolve(init({ data, signal }));
  states.set(address, beginning);
  return beginning;
}
