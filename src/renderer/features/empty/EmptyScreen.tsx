import { Button, Kbd } from '@mantine/core';
import { IconPhotoDown } from '@tabler/icons-react';
import { commandKey, openFolder } from '../../actions/shortcuts.ts';
import { recentStore } from '../../stores/recent.ts';
import { showDialog } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './EmptyScreen.module.css';
import { RecentRuns } from './RecentRuns.tsx';

export function EmptyScreen() {
  const runs = useStore(recentStore, (state) => state.runs);
  return (
    <div className={classes.screen}>
      <section className={classes.zone} aria-label="Drop zone">
        <IconPhotoDown size={44} stroke={1.25} className={classes.icon} aria-hidden />
        <h2 className={classes.title}>Drop a folder of images, or paste a list of URLs</h2>
        <p className={classes.hint}>
          Folders become thumbnails, URLs become files. Your originals are never changed.
        </p>
        <div className={classes.actions}>
          <Button size="sm" onClick={() => void openFolder()}>
            Open folder…
          </Button>
          <Button size="sm" variant="default" onClick={() => showDialog('paste')}>
            Paste list…
          </Button>
        </div>
        <p className={classes.keys}>
          <Kbd>{commandKey}</Kbd> <Kbd>O</Kbd> opens a folder, <Kbd>{commandKey}</Kbd> <Kbd>V</Kbd> pastes
          anywhere
        </p>
      </section>
      {runs.length > 0 && <RecentRuns runs={runs} />}
    </div>
  );
}
