import { ActionIcon, Tooltip } from '@mantine/core';
import { IconClipboardList, IconFileText, IconFolderOpen, IconHelp, IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commandKey, openFolder, openList } from '../../actions/shortcuts.ts';
import { Logo } from '../../components/Logo.tsx';
import { inputsStore } from '../../stores/inputs.ts';
import { runStore } from '../../stores/run.ts';
import { showDialog } from '../../stores/screen.ts';
import { useStage } from '../../stores/stage.ts';
import { useStore } from '../../stores/use-store.ts';
import { Navigation } from './Navigation.tsx';
import classes from './Toolbar.module.css';

export function Toolbar() {
  return (
    <section className={classes.bar} aria-label="Toolbar">
      <div className={classes.start}>
        <Logo size={22} />
        <Subject />
      </div>
      <Navigation />
      <div className={classes.end}>
        <Tool label="Open folder…" keys={`${commandKey}+O`} act={() => void openFolder()}>
          <IconFolderOpen size={18} stroke={1.6} />
        </Tool>
        <Tool label="Open list…" keys={`${commandKey}+Shift+O`} act={() => void openList()}>
          <IconFileText size={18} stroke={1.6} />
        </Tool>
        <Tool label="Paste list…" keys={`${commandKey}+L`} act={() => showDialog('paste')}>
          <IconClipboardList size={18} stroke={1.6} />
        </Tool>
        <Tool label="Settings…" keys={`${commandKey}+,`} act={() => showDialog('settings')}>
          <IconSettings size={18} stroke={1.6} />
        </Tool>
        <Tool label="Keyboard shortcuts" keys="F1" act={() => showDialog('shortcuts')}>
          <IconHelp size={18} stroke={1.6} />
        </Tool>
      </div>
    </section>
  );
}

/** The subject of the window: the run on screen, or the given inputs. */
function Subject() {
  const stage = useStage();
  const title = useStore(runStore, ({ run }) => run?.title);
  const inputs = useStore(inputsStore, (state) => state.inputs);
  const first = inputs[0];
  const given =
    first === undefined ? 'Shoal' : first.name + (inputs.length > 1 ? ` and ${inputs.length - 1} more` : '');
  const text = stage === 'working' || stage === 'finished' ? (title ?? given) : given;
  return (
    <h1 className={classes.subject} title={text}>
      <bdi>{text}</bdi>
    </h1>
  );
}

interface ToolProps {
  readonly label: string;
  readonly keys: string;
  readonly act: () => void;
  readonly children: ReactNode;
}

function Tool({ label, keys, act, children }: ToolProps) {
  return (
    <Tooltip label={`${label}  ${keys}`}>
      <ActionIcon size={32} aria-label={label} onClick={act}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
