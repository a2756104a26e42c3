import type { LivePoolSize } from '../../engine/engine.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import { limitWords } from '../../shared/limits/limit-sentence.ts';
import type { PaceFigures } from '../../shared/progress/pace.ts';
import { ended, type Progress } from '../../shared/progress/progress.ts';
import { count, rate, timeLeft } from './wording.ts';

/** The least room for the bar, in characters. */
const leastBar = 6;

/** What the line tells of the run besides its progress. */
interface Details {
  readonly pool?: Pick<LivePoolSize, 'size' | 'automatic'>;
  readonly limit?: Limit | undefined;
}

/**
 * `▕██████      ▏ 1,204/6,000 · 2,431/s · 2 s left · pool 9 (auto) · 1 failed · limit: disk`, the limit only where
 * there is room.
 */
export function progressLine(
  progress: Progress,
  pace: PaceFigures,
  columns: number,
  { pool, limit }: Details = {},
): string {
  const { total } = progress;
  const soFar = ended(progress);
  const told = progressWords(progress, pace, pool);
  const limited = limit ? `${told} · limit: ${limitWords(limit)}` : told;
  const text = limited.length + leastBar + 4 <= columns ? limited : told;
  const room = Math.min(24, columns - text.length - 4);
  if (total === undefined || total === 0 || room < leastBar) return text.slice(0, columns - 1);
  const filled = Math.round((Math.min(soFar, total) / total) * room);
  return `▕${'█'.repeat(filled)}${' '.repeat(room - filled)}▏ ${text}`;
}

/** `1,204/6,000 · 2,431/s · 2 s left · pool 9 (auto) · 1 failed` */
function progressWords(progress: Progress, pace: PaceFigures, pool?: Details['pool']): string {
  const { total, counts } = progress;
  const { perSecond, secondsLeft } = pace;
  const soFar = ended(progress);
  const parts = [
    total === undefined ? `${count(soFar)} so far` : `${count(soFar)}/${count(total)}`,
    perSecond === undefined ? '' : rate(perSecond),
    secondsLeft === undefined ? '' : `${timeLeft(secondsLeft)} left`,
    pool?.automatic ? `pool ${pool.size} (auto)` : '',
    counts.failed > 0 ? `${count(counts.failed)} failed` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
