import { t, told } from '../../../languages/translate.ts';
import type { HostStanding, HostsStanding } from '../../../shared/progress/hosts-standing.ts';
import { fetchSettings } from '../../../shared/settings/fetch-settings.ts';
import { changeLimit } from '../../actions/run-actions.ts';
import { Panel } from '../../components/Panel.tsx';
import { TypedField } from '../../components/TypedField.tsx';
import { count, duration, rate } from '../../lib/format.ts';
import type { Read } from '../../lib/typed-number.ts';
import { readSetting, writtenSetting } from '../../lib/typed-setting.ts';
import { useThrottled } from '../../lib/use-throttled.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import { HostControls } from './HostControls.tsx';
import classes from './HostsPanel.module.css';

const { bandwidth: setting } = fetchSettings;
/** Redrawn at this interval, in milliseconds, which is how often main hears of it. */
const pace = () => 500;

/** How far the run is with each host; each can be held, or be asked for more or fewer at once. */
export function HostsPanel() {
  const hosts = useThrottled(
    useStore(runStore, ({ run }) => run?.hosts),
    pace,
  );
  const limiting = useStore(runStore, ({ run }) => limitingHost(run));
  const totalKnown = useStore(runStore, ({ run }) => run?.counters.totalKnown ?? false);
  const isPaused = useStore(runStore, ({ run }) => run?.state === 'paused');
  const isElsewhere = useStore(runStore, ({ run }) => run?.handedOut !== undefined);
  if (hosts === undefined || hosts.hosts.length === 0) return null;
  const hasFailures = hosts.hosts.some(({ failed }) => failed > 0);
  return (
    <Panel title={t('Hosts')}>
      <table className={`${classes.table} numbers`}>
        <thead>
          <tr>
            <th scope="col">{t('Host')}</th>
            <th scope="col">{t('left')}</th>
            <th scope="col" title={t('Files ended a second, in the last seconds')}>
              /s
            </th>
            <th scope="col" title={t('Time to the first byte: 95 of 100 answers took no longer')}>
              {t('p95')}
            </th>
            {hasFailures && (
              <th scope="col" title={t('failed')}>
                {t('failed')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {hosts.hosts.map((each) => (
            <HostRow
              key={each.host}
              host={each}
              isLimiting={each.host === limiting}
              isPaused={isPaused}
              hasFailures={hasFailures}
              isElsewhere={isElsewhere}
            />
          ))}
        </tbody>
      </table>
      <More hosts={hosts} totalKnown={totalKnown} />
      {isElsewhere ? (
        <p className={classes.more}>{t('Of the buckets that workers have now.')}</p>
      ) : (
        <BandwidthField />
      )}
    </Panel>
  );
}

interface HostRowProps {
  readonly host: HostStanding;
  readonly isLimiting: boolean;
  readonly isPaused: boolean;
  readonly hasFailures: boolean;
  /** Nothing can be changed of what other machines do. */
  readonly isElsewhere: boolean;
}

function HostRow({ host, isLimiting, isPaused, hasFailures, isElsewhere }: HostRowProps) {
  const { left, failed, perSecond, p50, p95, isHeld } = host;
  return (
    <tr data-limiting={isLimiting} data-held={isHeld}>
      <th scope="row">
        {isElsewhere ? (
          <span className={`${classes.name} ${classes.fixed}`} title={host.host}>
            <bdi>{host.host}</bdi>
          </span>
        ) : (
          <HostControls host={host} />
        )}
      </th>
      <td>{count(left)}</td>
      <td>{isHeld ? t('held') : rateOf(perSecond, isPaused || left === 0)}</td>
      <td
        {...(p50 !== undefined && {
          title: t('half of the answers begin within {{time}}', { time: duration(p50) }),
        })}
      >
        {p95 === undefined ? '–' : duration(p95)}
      </td>
      {hasFailures && <td className={failed > 0 ? classes.failed : undefined}>{count(failed)}</td>}
    </tr>
  );
}

/** The speed of the whole run: what arrives next obeys; a pause that has begun is held to its end. */
function BandwidthField() {
  const bandwidth = useStore(runStore, ({ run }) => run?.bandwidth);
  const { label, suffix, hint } = setting.field;
  return (
    <div className={classes.bandwidth}>
      <TypedField
        label={told(label)}
        suffix={told(suffix)}
        hint={told(hint)}
        width={96}
        text={writtenSetting(setting, bandwidth)}
        read={(text) => readSetting(setting, text) as Read<number | undefined>}
        onChange={(bytesPerSecond) =>
          void changeLimit({ kind: 'bandwidth', ...(bytesPerSecond !== undefined && { bytesPerSecond }) })
        }
      />
    </div>
  );
}

/** Of what does not go on there is no rate. */
function rateOf(perSecond: number | undefined, isStill: boolean): string {
  return isStill || perSecond === undefined ? '–' : rate(perSecond);
}

function More({
  hosts: { more },
  totalKnown,
}: {
  readonly hosts: HostsStanding;
  readonly totalKnown: boolean;
}) {
  if (more.hosts === 0 && totalKnown) return null;
  return (
    <p className={`${classes.more} numbers`}>
      {more.hosts > 0 &&
        t('{{count, number}} more hosts, {{left}} left there.', {
          count: more.hosts,
          left: count(more.left),
        })}{' '}
      {!totalKnown && t('Of what has been read of the list so far.')}
    </p>
  );
}

function limitingHost(run: { readonly limit?: object | undefined } | undefined): string | undefined {
  const { limit } = run ?? {};
  return limit !== undefined && 'host' in limit && typeof limit.host === 'string' ? limit.host : undefined;
}
