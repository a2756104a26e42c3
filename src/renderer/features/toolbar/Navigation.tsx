import { SegmentedControl } from '@mantine/core';
import { showRunThatIsOn } from '../../actions/screens.ts';
import { queueStore } from '../../stores/queue.ts';
import { runStore } from '../../stores/run.ts';
import { screenStore, showTab, type Tab } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Toolbar.module.css';

/** The screens of the window. The run is among them while there is one to show. */
export function Navigation() {
  const tab = useStore(screenStore, (state) => state.tab);
  const hasRun = useStore(
    runStore,
    ({ run, on, opened, starting }) =>
      on !== undefined || starting || (run !== undefined && opened === undefined),
  );
  const waiting = useStore(queueStore, ({ entries }) => entries.length);
  const isOpened = useStore(runStore, ({ opened }) => opened !== undefined);
  const tabs: { value: Tab; label: string }[] = [
    { value: 'start', label: 'Start' },
    ...(hasRun ? [{ value: 'run' as const, label: 'Run' }] : []),
    { value: 'queue', label: waiting > 0 ? `Queue ${waiting}` : 'Queue' },
    { value: 'history', label: 'History' },
    { value: 'tune', label: 'Tune' },
  ];
  return (
    <SegmentedControl
      size="xs"
      aria-label="View"
      data={tabs}
      value={shownAs(tab, { hasRun, isOpened })}
      onChange={(next) => (next === 'run' ? void showRunThatIsOn() : showTab(next))}
      classNames={{ root: classes.tabs }}
    />
  );
}

/** The results of a former run are part of the history. */
function shownAs(tab: Tab, { hasRun, isOpened }: { hasRun: boolean; isOpened: boolean }): Tab {
  if (tab !== 'run') return tab;
  if (isOpened) return 'history';
  return hasRun ? 'run' : 'start';
}
