import { Button, UnstyledButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { Limit } from '../../../shared/limits/limit.ts';
import { limitSentence } from '../../../shared/limits/limit-sentence.ts';
import { limitFacts, limitLead, type Remedy, remedyOf } from '../../../shared/limits/limit-words.ts';
import { changeLimit, setPoolSize } from '../../actions/run-actions.ts';
import { appStore } from '../../stores/app.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './LimitBanner.module.css';

/** What limits the run now, and the button that changes it at once, where something would help. */
export function LimitBanner() {
  const state = useStore(runStore, ({ run }) => run?.state);
  const limit = useStore(runStore, ({ run }) => run?.limit);
  const [done, setDone] = useState<string>();
  const line = useRef<HTMLParagraphElement>(null);
  // The engine has found what limits the run as it is now: what was done is no news any more.
  useEffect(() => {
    if (limit !== undefined) setDone(undefined);
  }, [limit]);
  if (state !== 'running') return null;
  if (limit === undefined && done === undefined) return null;
  const help = async ({ change, poolSize, done: told }: Remedy) => {
    // The button goes away: reading goes on where it was.
    line.current?.focus();
    if (change !== undefined) await changeLimit(change);
    if (poolSize !== undefined) setPoolSize(poolSize);
    setDone(told);
  };
  return (
    <section className={classes.banner} aria-label={t('What limits this run')}>
      <p className={`${classes.line} selectable numbers`} ref={line} tabIndex={-1} role="status">
        {limit === undefined ? (
          `${done} ${t('What limits the run is being measured.')}`
        ) : (
          <Found limit={limit} />
        )}
      </p>
      {limit !== undefined && <Help limit={limit} help={help} />}
    </section>
  );
}

function Found({ limit }: { readonly limit: Limit }) {
  const host = 'host' in limit ? limit.host : undefined;
  const left = useStore(runStore, ({ run }) => run?.hosts?.hosts.find((each) => each.host === host)?.left);
  return (
    <>
      <strong>{limitLead(limit, t)}</strong> {limitFacts(limit, left, t)}
    </>
  );
}

interface HelpProps {
  readonly limit: Limit;
  readonly help: (remedy: Remedy) => void;
}

function Help({ limit, help }: HelpProps) {
  const ceiling = useStore(appStore, ({ info }) => info?.poolCeiling ?? 1);
  const [why, setWhy] = useState(false);
  const remedy = remedyOf(limit, ceiling, t);
  return (
    <>
      {remedy !== undefined && (
        <Button variant="default" onClick={() => help(remedy)}>
          {remedy.label}
        </Button>
      )}
      <UnstyledButton className={classes.why ?? ''} aria-expanded={why} onClick={() => setWhy(!why)}>
        {t('Why?')}
      </UnstyledButton>
      {why && <p className={`${classes.reason} selectable numbers`}>{limitSentence(limit, 'window', t)}</p>}
    </>
  );
}
