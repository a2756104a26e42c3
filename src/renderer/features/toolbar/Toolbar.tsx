import { ActionIcon, Tooltip } from '@mantine/core';
import { IconClipboardList, IconFileText, IconFolderOpen, IconHelp, IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../languages/translate.ts';
import { commandKey, openFolder, openList } from '../../actions/shortcuts.ts';
import { count } from '../../lib/format.ts';
import { inputsStore } from '../../stores/inputs.ts';
import { runStore } from '../../stores/run.ts';
import { showDialog } from '../../stores/screen.ts';
import { useStage } from '../../stores/stage.ts';
import { useStore } from '../../stores/use-store.ts';
import { Navigation } from './Navigation.tsx';
import { School } from './School.tsx';
import classes from './Toolbar.module.css';

export function Toolbar() {
  return (
    <section className={classes.bar} aria-label={t('Toolbar')}>
      <div className={classes.start}>
        <School />
        <Subject />
      </div>
      <Navigation />
      <div className={classes.end}>
        <Tool label={t('Open folder…')} keys={`${commandKey()}+O`} act={() => void openFolder()}>
          <IconFolderOpen size={18} stroke={1.6} />
        </Tool>
        <Tool label={t('Open list…')} keys={`${commandKey()}+${t('Shift')}+O`} act={() => void openList()}>
          <IconFileText size={18} stroke={1.6} />
        </Tool>
        <Tool label={t('Paste list…')} keys={`${commandKey()}+L`} act={() => showDialog('paste')}>
          <IconClipboardList size={18} stroke={1.6} />
        </Tool>
        <Tool label={t('Settings…')} keys={`${commandKey()}+,`} act={() => showDialog('settings')}>
          <IconSettings size={18} stroke={1.6} />
        </Tool>
        <Tool label={t('Keyboard shortcuts')} keys="F1" act={() => showDialog('shortcuts')}>
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
  const given = givenWords(inputs.map(({ name }) => name));
  const text = stage === 'working' || stage === 'finished' ? (title ?? given) : given;
  return (
    <h1 className={classes.subject} title={text}>
      <bdi>{text}</bdi>
    </h1>
  );
}

function givenWords([name, ...others]: readonly string[]): string {
  if (name === undefined) return 'Shoal';
  return others.length === 0 ? name : t('{{name}} and {{more}} more', { name, more: count(others.length) });
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
