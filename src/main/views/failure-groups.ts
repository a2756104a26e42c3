import type { ErrorCode, Failure } from '../../shared/failure.ts';
import type { FailureGroup } from '../../shared/ipc/run.ts';
import { withoutPath } from './row-of-item.ts';

/** Failures by cause, the most frequent first, each with its newest failure as an example. */
export class FailureGroups {
  readonly #groups = new Map<ErrorCode, { count: number; example: string }>();

  add(input: string, { code, message }: Failure): void {
    const group = this.#groups.get(code);
    this.#groups.set(code, { count: (group?.count ?? 0) + 1, example: withoutPath(message, input) });
  }

  list(): FailureGroup[] {
    return [...this.#groups].map(([code, group]) => ({ code, ...group })).sort((a, b) => b.count - a.count);
  }
}
