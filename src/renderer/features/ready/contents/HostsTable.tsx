import { t } from '../../../../languages/translate.ts';
import type { Contents } from '../../../../shared/ipc/contents.ts';
import { count } from '../../../lib/format.ts';
import classes from './Contents.module.css';

interface HostsTableProps {
  readonly contents: Contents;
  /** Whether not all has been looked at. */
  readonly partial: boolean;
}

/** The hosts that would be asked, and for how much of the list. */
export function HostsTable({ contents: { hosts, furtherHosts, furtherUrls }, partial }: HostsTableProps) {
  if (hosts.length === 0) return null;
  const all = hosts.reduce((sum, host) => sum + host.count, furtherUrls);
  return (
    <section aria-label={t('Hosts')}>
      <table className={`${classes.hosts} numbers`}>
        <caption>{partial ? t('Hosts so far') : t('Hosts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Host')}</th>
            <th scope="col">{t('URLs')}</th>
            <th scope="col">{t('Share')}</th>
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <tr key={host.host}>
              <th scope="row" className="selectable">
                {host.host}
              </th>
              <td>{count(host.count)}</td>
              <td>{share(host.count / all)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {furtherUrls > 0 && (
        <p className={classes.note}>
          {t('and {{hosts}} with {{urls}}', {
            hosts:
              furtherHosts > 0
                ? t('{{count, number}} more hosts', { count: furtherHosts })
                : t('further hosts'),
            urls: t('{{count, number}} URLs', { count: furtherUrls }),
          })}
        </p>
      )}
    </section>
  );
}

function share(part: number): string {
  return part < 0.01 ? t('under 1 %') : `${Math.round(part * 100)} %`;
}
