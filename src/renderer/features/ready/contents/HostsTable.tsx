import type { Contents } from '../../../../shared/ipc/contents.ts';
import { count, counted } from '../../../lib/format.ts';
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
    <section aria-label="Hosts">
      <table className={`${classes.hosts} numbers`}>
        <caption>Hosts{partial && ' so far'}</caption>
        <thead>
          <tr>
            <th scope="col">Host</th>
            <th scope="col">URLs</th>
            <th scope="col">Share</th>
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
          and {furtherHosts > 0 ? counted(furtherHosts, 'more host') : 'further hosts'} with{' '}
          {counted(furtherUrls, 'URL')}
        </p>
      )}
    </section>
  );
}

function share(part: number): string {
  return part < 0.01 ? 'under 1 %' : `${Math.round(part * 100)} %`;
}
