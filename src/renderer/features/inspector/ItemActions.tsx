import { Button } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import type { ItemDetails } from '../../../shared/ipc/item.ts';
import { inspectedItem, redoItems, retryItems } from '../../actions/selected-items.ts';
import { actOnSelected } from '../../actions/selecting.ts';
import { useTold } from '../../lib/use-told.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Inspector.module.css';

type Action = Parameters<typeof actOnSelected>[0];

/** What a person can do with an item's file. Why something cannot be done is told here, beside the button. */
export function ItemActions({ details: { row, file, url } }: { readonly details: ItemDetails }) {
  const { told: said, act: tell } = useTold();
  const isOn = useStore(runStore, ({ run }) => run !== undefined && run.state !== 'finished');
  const act = (action: Action, done?: string) =>
    tell(async () => {
      await actOnSelected(action);
      return done;
    });
  const again = (work: typeof retryItems) =>
    tell(async () => {
      const selected = inspectedItem();
      if (selected !== undefined) await work(selected);
      return undefined;
    });
  const hasFailed = row.state === 'failed' || row.state === 'cancelled';
  return (
    <>
      <div className={classes.actions}>
        {file !== undefined && (
          <>
            <Button variant="default" onClick={() => void act('item:open')}>
              {t(file === 'original' ? 'Open original' : 'Open')}
            </Button>
            <Button variant="default" onClick={() => void act('item:reveal')}>
              {t('Show in folder')}
            </Button>
            <Button variant="default" onClick={() => void act('item:copy-path', t('The path is copied.'))}>
              {t('Copy path')}
            </Button>
          </>
        )}
        {url !== undefined && (
          <Button variant="default" onClick={() => void act('item:copy-url', t('The URL is copied.'))}>
            {t('Copy URL')}
          </Button>
        )}
        {hasFailed && !isOn && (
          <Button variant="default" onClick={() => void again(retryItems)}>
            {t('Retry')}
          </Button>
        )}
        {!isOn && (
          <Button
            variant="default"
            title={t('Takes this item to the settings of a new run')}
            onClick={() => void again(redoItems)}
          >
            {t('Redo with…')}
          </Button>
        )}
      </div>
      {said !== undefined && (
        <p className={`${classes.said} selectable`} data-bad={said.bad} role={said.bad ? 'alert' : 'status'}>
          {said.text}
        </p>
      )}
    </>
  );
}
