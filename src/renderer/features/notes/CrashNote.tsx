import { Button } from '@mantine/core';
import { IconReportMedical } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { CrashOffer } from '../../../shared/crash/crash-messages.ts';
import { PageDialog } from '../../components/PageDialog.tsx';
import { request } from '../../ipc/api.ts';
import { crashSeen, crashStore } from '../../stores/notes/crash.ts';
import { attempt } from '../../stores/problem.ts';
import { closeDialog, showDialog } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './NoteBar.module.css';
import { NoteBar } from './NoteBar.tsx';

/** Says that the app, or its window, ended unexpectedly, and offers the report of that. */
export function CrashNote() {
  const offer = useStore(crashStore, (state) => state.offer);
  if (offer === undefined) return null;
  return (
    <>
      <NoteBar
        name={t('Report')}
        icon={<IconReportMedical size={16} stroke={1.6} aria-hidden className={classes.icon} />}
        words={wordsFor(offer.end)}
        onDismiss={() => void crashSeen()}
      >
        <Button variant="subtle" onClick={() => showDialog('crash')}>
          {t('Show report')}
        </Button>
      </NoteBar>
      <PageDialog name="crash" title={t('Report')}>
        <Report offer={offer} />
      </PageDialog>
    </>
  );
}

function wordsFor(end: CrashOffer['end']): string {
  return end === 'window'
    ? t('The window broke down and was opened again. What was running in it went on.')
    : t('Shoal ended unexpectedly the last time.');
}

function Report({ offer: { lines, place } }: { readonly offer: CrashOffer }) {
  const done = () => {
    closeDialog();
    void crashSeen();
  };
  return (
    <>
      <p className={classes.dim}>
        {t(
          'Nothing of it is sent by itself. Paths, quoted names and addresses were left out as far as a program can tell them: read it before you hand it on. It lies in {{place}}.',
          { place },
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={`${classes.report} selectable`} tabIndex={0} aria-label={t('Text of the report')}>
        {lines.join('\n')}
      </section>
      <div className={classes.actions}>
        <Button variant="default" onClick={() => void attempt(() => request('crash:reveal'))}>
          {t('Show in folder')}
        </Button>
        <Button variant="default" onClick={() => void attempt(() => request('crash:copy'))}>
          {t('Copy')}
        </Button>
        <Button onClick={done}>{t('Done')}</Button>
      </div>
    </>
  );
}
