import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ItemDetails } from '../../../shared/ipc/item.ts';
import { actOnSelected } from '../../actions/selecting.ts';
import classes from './Inspector.module.css';

type Action = Parameters<typeof actOnSelected>[0];

/** What a person can do with an item's file. Why something cannot be done is told here, beside the button. */
export function ItemActions({ details: { file, url } }: { readonly details: ItemDetails }) {
  const [said, setSaid] = useState<{ readonly text: string; readonly bad: boolean }>();
  const act = async (action: Action, done?: string) => {
    try {
      await actOnSelected(action);
      setSaid(done === undefined ? undefined : { text: done, bad: false });
    } catch (error) {
      setSaid({ text: error instanceof Error ? error.message : String(error), bad: true });
    }
  };
  return (
    <>
      <div className={classes.actions}>
        {file !== undefined && (
          <>
            <Button variant="default" onClick={() => void act('item:open')}>
              {file === 'original' ? 'Open original' : 'Open'}
            </Button>
            <Button variant="default" onClick={() => void act('item:reveal')}>
              Show in folder
            </Button>
            <Button variant="default" onClick={() => void act('item:copy-path', 'The path is copied.')}>
              Copy path
            </Button>
          </>
        )}
        {url !== undefined && (
          <Button variant="default" onClick={() => void act('item:copy-url', 'The URL is copied.')}>
            Copy URL
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
