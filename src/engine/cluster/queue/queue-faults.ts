import { QueueProblem } from '../../../shared/machines/queue-problem.ts';

/** Whether the server refused a command, as one whose memory is full does. */
export function isOfQueue(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Does what asks something of the server. @throws UsageError where the server refuses it. */
export async function orRefused<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (!isOfQueue(error)) throw error;
    const { message } = error as Error;
    if (message.startsWith('OOM')) throw new QueueProblem('FULL', {}, { cause: error });
    throw new QueueProblem('REFUSED', { reason: message }, { cause: error });
  }
}

/** Tells each fault of the queue once, until a job comes again. */
export class QueueFaults {
  readonly #onNotice: (notice: string) => void;
  readonly #told = new Set<string>();

  constructor(onNotice: (notice: string) => void) {
    this.#onNotice = onNotice;
  }

  tell(error: unknown): void {
    const sentence = sentenceOf(error instanceof Error ? error.message : String(error));
    if (sentence === undefined || this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#onNotice(sentence);
  }

  forget(): void {
    this.#told.clear();
  }
}

/** What the connection tells by itself, and what comes of a lock that somebody else has by now. */
const toldElsewhere =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection is closed|Missing lock|Missing key|not in the active state|LOADING|Lock mismatch/i;

function sentenceOf(message: string): string | undefined {
  if (message.startsWith('OOM')) {
    return "The queue's memory is full: it takes nothing now, and this worker waits until it does.";
  }
  return toldElsewhere.test(message) ? undefined : `The queue says: ${message}`;
}
