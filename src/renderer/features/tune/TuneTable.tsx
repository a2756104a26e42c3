import { t } from '../../../languages/translate.ts';
import type { TunePoint } from '../../../shared/ipc/tune.ts';
import { count, rate } from '../../lib/format.ts';
import { inHundredths } from './fractions.ts';
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
    <table className={`${classes.table} numbers`} aria-label={t('Measurements')}>
      <thead>
        <tr>
          <th scope="col">{t('Pool size')}</th>
          <th scope="col">{t('Seconds')}</th>
          <th scope="col">{t('Items/s')}</th>
          <th scope="col">{t('Failed')}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.poolSize} data-knee={point.poolSize === knee}>
            <td>{point.poolSize}</td>
            <td>{inHundredths(point.seconds)}</td>
            <td>{rate(point.perSecond)}</td>
            <td>{count(point.failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
