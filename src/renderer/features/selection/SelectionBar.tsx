import { Button, CloseButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { SelectionSummary } from '../../../shared/ipc/selection.ts';
import { redoItems, retryItems, selectedItems } from '../../actions/selected-items.ts';
import { request } from '../../ipc/api.ts';
import { bytes, count } from '../../lib/format.ts';
import { countOf, type Ranges } from '../../lib/ranges.ts';
import { useTold } from '../../lib/use-told.ts';
import { runStore } from '../../stores/run.ts';
import { selectionStore, unselect } from '../../stores/selection.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './SelectionBar.module.css';

/** Main goes through all selected items to say what they are: a person who selects on is waited for, in milliseconds. */
const pauseMs = 120;

/** What can be done with several items. A single one has the inspector. */
export function SelectionBar() {
  const chosen = useStore(selectionStore, (state) => state.chosen);
  const many = countOf(chosen);
  if (many < 2) return null;
  return <Bar chosen={chosen} many={many} />;
}

function Bar({ chosen, many }: { readonly chosen: Ranges; readonly many: number }) {
  const summary = useSummary(chosen);
  const isOn = useStore(runStore, ({ run }) => run !== undefined && run.state !== 'finished');
  const { told, act } = useTold();
  const known = summary?.known;
  const copy = (name: 'items:copy-paths' | 'items:copy-urls') => async () => {
    const selected = selectedItems();
    if (selected === undefined) return undefined;
    const { copied } = await request(name, selected);
    return t(
      name === 'items:copy-paths' ? '{{count, number}} paths copied.' : '{{count, number}} URLs copied.',
      { count: copied },
    );
  };
  const withSelected = (work: (selected: NonNullable<ReturnType<typeof selectedItems>>) => Promise<void>) =>
    act(async () => {
      const selected = selectedItems();
      if (selected !== undefined) await work(selected);
      return undefined;
    });
  const later = isOn ? t('When this run has ended') : undefined;
  return (
    <section className={classes.bar} aria-label={t('Selection')}>
      <p className={`${classes.words} numbers`} role="status">
        <strong>{t('{{count, number}} selected', { count: many })}</strong>
        {known !== undefined && known.bytesOut > 0 && <span className={classes.dim}>{sizeOf(known)}</span>}
      </p>
      <div className={classes.actions} role="toolbar" aria-label={t('With the selected items')}>
        {known?.retryable !== 0 && (
          <Button
            variant="default"
            disabled={isOn}
            title={later}
            onClick={() => void withSelected(retryItems)}
          >
            {known === undefined ? t('Retry') : t('Retry {{number}}', { number: count(known.retryable) })}
          </Button>
        )}
        <Button
          variant="default"
          disabled={isOn}
          title={later ?? t('Takes these items to the settings of a new run')}
          onClick={() => void withSelected(redoItems)}
        >
          {t('Redo with…')}
        </Button>
        {known?.files !== 0 && (
          <>
            <Button variant="default" onClick={() => void act(copy('items:copy-paths'))}>
              {t('Copy paths')}
            </Button>
            <Button
              variant="default"
              title={t('The first of them')}
              onClick={() =>
                void withSelected(async (selected) => {
                  await request('items:reveal', selected);
                })
              }
            >
              {t('Show in folder')}
            </Button>
          </>
        )}
        {known !== undefined && known.urls > 0 && (
          <Button variant="default" onClick={() => void act(copy('items:copy-urls'))}>
            {t('Copy URLs')}
          </Button>
        )}
      </div>
      <CloseButton
        aria-label={t('Clear the selection')}
        title={t('Clear the selection (Esc)')}
        onClick={unselect}
      />
      {told !== undefined && (
        <p className={classes.told} data-bad={told.bad} role={told.bad ? 'alert' : 'status'}>
          {told.text}
        </p>
      )}
    </section>
  );
}

function sizeOf({ bytesIn, bytesOut }: { readonly bytesIn: number; readonly bytesOut: number }): string {
  return bytesIn === bytesOut ? bytes(bytesOut) : `${bytes(bytesIn)} → ${bytes(bytesOut)}`;
}

/** What main knows of the selection; nothing of a former one. */
function useSummary(chosen: Ranges): SelectionSummary | undefined {
  const [known, setKnown] = useState<{ readonly of: Ranges; readonly summary: SelectionSummary }>();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      const selected = selectedItems(chosen);
      if (selected === undefined) return;
      request('items:summary', selected).then(
        (summary) => wanted && setKnown({ of: chosen, summary }),
        // The list has changed, and the selection goes with it.
        () => {},
      );
    }, pauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [chosen]);
  return known?.of === chosen ? known.summary : undefined;
}
