import { useEffect, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { Notice } from '../../../shared/ipc/notices.ts';
import { Logo } from '../../components/Logo.tsx';
import { PageDialog } from '../../components/PageDialog.tsx';
import { request } from '../../ipc/api.ts';
import { appStore } from '../../stores/app.ts';
import { attempt } from '../../stores/problem.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './AboutDialog.module.css';

/** The version, what it runs on, and whose work is in it. */
export function AboutDialog() {
  return (
    <PageDialog name="about" title={t('About Shoal')} size="lg">
      <Version />
      <Notices />
    </PageDialog>
  );
}

function Version() {
  const info = useStore(appStore, (state) => state.info);
  if (info === undefined) return null;
  return (
    <div className={classes.version}>
      <Logo size={40} />
      <div>
        <p className={classes.name}>{`Shoal ${info.version}`}</p>
        <p className={classes.dim}>{info.ground.join(' · ')}</p>
        <p className={classes.dim}>{t('Free software under the MIT licence, without any warranty.')}</p>
      </div>
    </div>
  );
}

function Notices() {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => {
    void attempt(async () => setNotices(await request('app:notices')));
  }, []);
  if (notices.length === 0) return null;
  return (
    <section aria-label={t('Notices')}>
      <h3 className={classes.title}>
        {t('{{count, number}} packages of others', { count: notices.length })}
      </h3>
      <ul className={classes.list}>
        {notices.map((notice) => (
          <li key={`${notice.name} ${notice.version}`}>
            <NoticeOf notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoticeOf({ notice: { name, version, license, text } }: { readonly notice: Notice }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={classes.summary}>
        {name} <span className={classes.dim}>{`${version} · ${license}`}</span>
      </summary>
      {opened && <p className={classes.text}>{text}</p>}
    </details>
  );
}
