import { compareRuns, type Standing } from '../../../../engine/run/front-ends/index.ts';
import { out } from '../../../output/streams.ts';
import { count } from '../../../output/wording.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { formerRun } from './former-run.ts';

/**
 * `shoal runs diff A B`: the items that ended differently.
 * @returns the exit code.
 */
export function diffRuns(a: string, b: string, { json = false }: { readonly json?: boolean }): number {
  let differ = 0;
  for (const { input, a: before, b: after } of compareRuns(formerRun(a), formerRun(b))) {
    differ += 1;
    if (json) out.line(JSON.stringify({ type: 'difference', input, a: before, b: after }));
    else out.line(`${wordingOf(before)} → ${wordingOf(after)}  ${input}`);
  }
  if (!json) out.line(differ === 1 ? '1 item differs.' : `${count(differ)} items differ.`);
  return exitCode.fine;
}

/** `failed HTTP_404`, `done 75×50 2,310 bytes`. */
function wordingOf(standing: Standing | undefined): string {
  if (!standing) return 'absent';
  const { status, code, bytes, width, height } = standing;
  const size = width === undefined || height === undefined ? undefined : `${width}×${height}`;
  return [status, code, size, bytes === undefined ? undefined : `${count(bytes)} bytes`]
    .filter((part) => part !== undefined)
    .join(' ');
}
