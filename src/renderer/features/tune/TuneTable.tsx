import type { TunePoint } from '../../../shared/ipc/tune.ts';
import { count, rate } from '../../lib/format.ts';
import classes from './TuneTable.module.css';

export function TuneTable({
  points,
  knee,
}: {
  readonly points: readonly TunePoint[];
  readonly knee: number | undefined;
}) {
  if (points.length === 0) return null;
  return (
    <table className={`${classes.table} numbers`} aria-label="Measurements">
      <thead>
        <tr>
          <th scope="col">Pool size</th>
          <th scope="col">Seconds</th>
          <th scope="col">Items/s</th>
          <th scope="col">Failed</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.poolSize} data-knee={point.poolSize === knee}>
            <td>{point.poolSize}</td>
            <td>{point.seconds.toFixed(2)}</td>
            <td>{rate(point.perSecond)}</td>
            <td>{count(point.failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
