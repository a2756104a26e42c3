import { t } from '../languages/translate.ts';
import classes from './App.module.css';
import { takeGiven } from './actions/run-actions.ts';
import { useScreenChange } from './actions/screen-change.ts';
import { useNoSelectAll } from './actions/select-all.ts';
import { useShortcuts } from './actions/shortcuts.ts';
import { useDrops } from './actions/use-drops.ts';
import { Announcer } from './components/Announcer.tsx';
import { DropOverlay } from './components/DropOverlay.tsx';
import { FoldingSide } from './components/FoldingSide.tsx';
import { ProblemBar } from './components/ProblemBar.tsx';
import { BorrowedSettings } from './features/cards/BorrowedSettings.tsx';
import { RunCards } from './features/cards/RunCards.tsx';
import { WatchedCards } from './features/cards/WatchedCards.tsx';
import { EmptyScreen } from './features/empty/EmptyScreen.tsx';
import { FirstSteps } from './features/empty/FirstSteps.tsx';
import { FinishedScreen } from './features/finished/FinishedScreen.tsx';
import { AboutDialog } from './features/help/AboutDialog.tsx';
import { ShortcutsDialog } from './features/help/ShortcutsDialog.tsx';
import { HistoryScreen } from './features/history/HistoryScreen.tsx';
import { HostsPanel } from './features/hosts/HostsPanel.tsx';
import { Inspector } from './features/inspector/Inspector.tsx';
import { Lightbox } from './features/inspector/Lightbox.tsx';
import { CancelDialog } from './features/machines/CancelDialog.tsx';
import { HandOutDialog } from './features/machines/HandOutDialog.tsx';
import { MachinesPanel } from './features/machines/MachinesPanel.tsx';
import { MachinesScreen } from './features/machines/MachinesScreen.tsx';
import { CrashNote } from './features/notes/CrashNote.tsx';
import { UpdateNote } from './features/notes/UpdateNote.tsx';
import { PasteDialog } from './features/paste/PasteDialog.tsx';
import { PoolPanel } from './features/pool/PoolPanel.tsx';
import { ThroughputPanel } from './features/pool/ThroughputPanel.tsx';
import { QueueScreen } from './features/queue/QueueScreen.tsx';
import { ReadyScreen } from './features/ready/ReadyScreen.tsx';
import { RecipePanel } from './features/recipe/RecipePanel.tsx';
import { ResultsView } from './features/results/ResultsView.tsx';
import { SelectionBar } from './features/selection/SelectionBar.tsx';
import { SettingsDialog } from './features/settings/SettingsDialog.tsx';
import { Toolbar } from './features/toolbar/Toolbar.tsx';
import { TuneScreen } from './features/tune/TuneScreen.tsx';
import { LimitBanner } from './features/working/LimitBanner.tsx';
import { WorkingHeader } from './features/working/WorkingHeader.tsx';
import { countOf } from './lib/ranges.ts';
import { tellProblem } from './stores/problem.ts';
import { recentStore } from './stores/recent.ts';
import { runStore } from './stores/run.ts';
import { screenStore, type Tab } from './stores/screen.ts';
import { selectionStore } from './stores/selection.ts';
import { type Stage, useStage } from './stores/stage.ts';
import { useStore } from './stores/use-store.ts';

/** The window: the toolbar, the screen for the current stage, and beside it the panels with its settings. */
export function App() {
  const { dragging } = useDrops(takeGiven, tellProblem);
  useShortcuts();
  const stage = useStage();
  const tab = useStore(screenStore, (state) => state.tab);
  const runId = useStore(runStore, ({ run }) => run?.runId);
  useScreenChange({ stage, tab, runId });
  useNoSelectAll();
  const atStage = tab === 'start' || tab === 'run';
  const hasSide = tab === 'tune' || (atStage && stage !== 'empty');
  const hasSelection = useStore(selectionStore, ({ position }) => position !== undefined);
  const isOne = useStore(selectionStore, ({ chosen }) => countOf(chosen) < 2);
  // In a narrow window there is room for the sheet of one item or for what is done with several.
  const inspects = hasSelection && isOne && (stage === 'working' || stage === 'finished') && tab === 'run';
  const isHandedOut = useStore(runStore, ({ run }) => run?.handedOut !== undefined);
  const isElsewhere = isHandedOut && tab === 'run' && (stage === 'working' || stage === 'finished');
  return (
    <div className={classes.window} data-stage={stage}>
      <Toolbar />
      <ProblemBar />
      <CrashNote />
      <UpdateNote />
      {atStage && stage === 'ready' && <BorrowedSettings />}
      <div className={classes.body} data-inspects={inspects}>
        <main className={classes.content} aria-label={screenName(tab, stage)}>
          {tab === 'tune' && <TuneScreen />}
          {tab === 'queue' && <QueueScreen />}
          {tab === 'history' && <HistoryScreen />}
          {tab === 'machines' && <MachinesScreen />}
          {atStage && <StageContent stage={stage} />}
        </main>
        {hasSide && (
          <FoldingSide label={t('Settings of the run')} isSheet={inspects}>
            {inspects && <Inspector />}
            {!isElsewhere && <PoolPanel />}
            {isElsewhere && stage === 'working' && <MachinesPanel />}
            {stage === 'working' && <HostsPanel />}
            {(stage === 'working' || (stage === 'finished' && tab === 'run')) && <ThroughputPanel />}
            {(tab === 'tune' || stage === 'ready') && <RecipePanel />}
          </FoldingSide>
        )}
      </div>
      <PasteDialog />
      <SettingsDialog />
      <ShortcutsDialog />
      <AboutDialog />
      <CancelDialog />
      <HandOutDialog />
      <Lightbox />
      <Announcer />
      {dragging && <DropOverlay />}
    </div>
  );
}

function screenName(tab: Tab, stage: Stage): string {
  const tabs: Partial<Record<Tab, string>> = {
    tune: t('Tune'),
    queue: t('Queue'),
    history: t('History'),
    machines: t('Machines'),
  };
  const stages: Record<Stage, string> = {
    empty: t('Start'),
    ready: t('Preview'),
    working: t('Run'),
    finished: t('Report'),
  };
  return tabs[tab] ?? stages[stage];
}

function StartScreen() {
  const runs = useStore(recentStore, (state) => state.runs);
  // Not before it is known that nothing was made yet: it would be shown for a moment at each start.
  const isFirst = useStore(recentStore, ({ isKnown }) => isKnown) && runs.length === 0;
  return (
    <EmptyScreen>
      <WatchedCards />
      {runs.length > 0 && <RunCards runs={runs} />}
      {isFirst && <FirstSteps />}
    </EmptyScreen>
  );
}

function StageContent({ stage }: { readonly stage: Stage }) {
  switch (stage) {
    case 'empty':
      return <StartScreen />;
    case 'ready':
      return <ReadyScreen />;
    case 'working':
    case 'finished':
      // Both stages share one tree, so that the list keeps its scroll position when a run ends.
      return (
        <>
          {stage === 'working' ? <WorkingHeader /> : <FinishedScreen />}
          {stage === 'working' && <LimitBanner />}
          <ResultsView />
          <SelectionBar />
        </>
      );
  }
}
