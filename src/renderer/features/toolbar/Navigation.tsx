import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { t } from '../../../languages/translate.ts';
import { showRunThatIsOn } from '../../actions/screens.ts';
import { count } from '../../lib/format.ts';
import { machinesStore } from '../../stores/machines/machines.ts';
import { queueStore } from '../../stores/queue.ts';
import { runStore } from '../../stores/run.ts';
import { screenStore, showTab, type Tab } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Toolbar.module.css';

/** `results` are those of a former run, which lie beside a run that is on. */
type Place = Tab | 'results';

/** The screens of the window. A run, and the results of a former one, are among them while there is one to show. */
export function Navigation() {
  const tab = useStore(screenStore, (state) => state.tab);
  const hasRun = useStore(
    runStore,
    ({ run, on, opened, starting }) =>
      on !== undefined || starting || (run !== undefined && opened === undefined),
  );
  const waiting = useStore(queueStore, ({ entries }) => entries.length);
  const isOpened = useStore(runStore, ({ opened }) => opened !== undefined);
  const hasQueue = useStore(machinesStore, ({ choice }) => choice.queue !== undefined);
  const places: { value: Place; label: string }[] = [
    { value: 'start', label: t('Start') },
    ...(hasRun ? [{ value: 'run' as const, label: t('Run') }] : []),
    { value: 'queue', label: waiting > 0 ? t('Queue {{waiting}}', { waiting: count(waiting) }) : t('Queue') },
    { value: 'history', label: t('History') },
    ...(isOpened ? [{ value: 'results' as const, label: t('Results') }] : []),
    { value: 'tune', label: t('Tune') },
    ...(hasQueue || tab === 'machines' ? [{ value: 'machines' as const, label: t('Machines') }] : []),
  ];
  const place = placeOf(tab, { hasRun, isOpened });
  const tabs = useRef<HTMLDivElement>(null);
  // In a narrow window not all of them have room.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen with another place
  useEffect(() => {
    tabs.current?.querySelector(':checked + label')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [place]);
  return (
    <SegmentedControl
      ref={tabs}
      size="xs"
      aria-label={t('View')}
      data={places}
      value={place}
      onChange={show}
      classNames={{ root: classes.tabs }}
    />
  );
}

function show(place: Place): void {
  if (place === 'run') void showRunThatIsOn();
  else showTab(place === 'results' ? 'run' : place);
}

function placeOf(tab: Tab, { hasRun, isOpened }: { hasRun: boolean; isOpened: boolean }): Place {
  if (tab !== 'run') return tab;
  if (isOpened) return 'results';
  return hasRun ? 'run' : 'start';
}
