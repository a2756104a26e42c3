import { IconAlertTriangle, IconServer } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { Machine } from '../../../shared/machines/machine-messages.ts';
import frame from '../../components/Entry.module.css';
import texts from '../../components/EntryWords.module.css';
import { RunProgress } from '../../components/RunProgress.tsx';
import { count, rate } from '../../lib/format.ts';
import { originWords, workWords } from '../../lib/machine-words.ts';
import classes from './WorkerCard.module.css';

/** More buckets than these nobody reads: what the worker does as a whole stands above them. */
const mostBuckets = 4;

interface WorkerCardProps {
  readonly worker: Machine;
  /** Names the run that a bucket is of. Undefined where all are of one. */
  readonly titleOf?: ((run: string) => string | undefined) | undefined;
}

/** A worker: where it runs, how much it does, and how far its buckets are. */
export function WorkerCard({ worker, titleOf }: WorkerCardProps) {
  const { machine, isLost, perSecond = 0, buckets } = worker;
  const Icon = isLost ? IconAlertTriangle : IconServer;
  const origin = originWords(worker);
  return (
    <li className={`${frame.entry} ${classes.worker}`} data-lost={isLost}>
      <div className={classes.head}>
        <Icon size={16} stroke={1.6} aria-hidden className={isLost ? classes.lost : undefined} />
        <h3 className={`${texts.title} ${classes.machine} selectable`} title={machine}>
          <bdi>{machine}</bdi>
        </h3>
        {!isLost && buckets.length > 0 && (
          <span className={`${classes.rate} numbers`}>
            {t('{{rate}} items/s', { rate: rate(perSecond) })}
          </span>
        )}
      </div>
      <p className={`${texts.line} ${isLost ? classes.lost : frame.state} numbers`}>{workWords(worker)}</p>
      {origin !== '' && <p className={`${texts.line} ${frame.fact} numbers`}>{origin}</p>}
      {!isLost && buckets.length > 0 && <Buckets worker={worker} titleOf={titleOf} />}
    </li>
  );
}

function Buckets({ worker: { machine, buckets }, titleOf }: WorkerCardProps) {
  const further = buckets.length - mostBuckets;
  return (
    <ul className={classes.buckets} aria-label={t('Buckets of {{machine}}', { machine })}>
      {buckets.slice(0, mostBuckets).map(({ run, bucket, items, ended, failed }) => {
        const title = titleOf?.(run);
        const values = { bucket: count(bucket), title };
        return (
          <li key={`${run}-${bucket}`} className={classes.bucket}>
            <span className={`${classes.numbers} numbers`}>
              <span className={classes.of} title={title}>
                {title === undefined
                  ? t('Bucket {{bucket}}', values)
                  : t('Bucket {{bucket}}: {{title}}', values)}
              </span>
              <span>
                {failed > 0 && (
                  <span className={classes.failed}>
                    {t('{{count, number}} failed', { count: failed })}
                    {' · '}
                  </span>
                )}
                {t('{{ended}} of {{total}}', { ended: count(ended), total: count(items) })}
              </span>
            </span>
            <RunProgress
              done={ended - failed}
              skipped={0}
              failed={failed}
              total={Math.max(items, ended)}
              totalKnown
              quiet={false}
            />
          </li>
        );
      })}
      {further > 0 && (
        <li className={`${texts.line} ${frame.fact}`}>
          {t('and {{count, number}} more buckets', { count: further })}
        </li>
      )}
    </ul>
  );
}
