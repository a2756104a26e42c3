import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { ChosenModule } from '../../../shared/ipc/inputs.ts';
import { openModule } from '../../actions/shortcuts.ts';
import { kindIcons } from '../../components/kind-icons.ts';
import { removeModule } from '../../stores/inputs.ts';
import { refreshPreview } from '../../stores/preview.ts';
import classes from './InputList.module.css';

interface ModuleRowProps {
  readonly module: ChosenModule;
  /** Whether it cannot be used as it is: it may be mended, and looked at again. */
  readonly isBroken: boolean;
}

/** The module whose function is the task. */
export function ModuleRow({ module: { name, place }, isBroken }: ModuleRowProps) {
  const Icon = kindIcons.map;
  return (
    <section aria-label={t('Task')}>
      <h3 className={classes.heading}>{t('Task')}</h3>
      <div className={classes.row}>
        <Icon size={16} stroke={1.6} aria-hidden className={classes.icon} />
        <span className={classes.name} title={`${place}/${name}`}>
          {name} <span className={classes.note}>{place}</span>
        </span>
        {isBroken && (
          <Button size="compact-xs" variant="default" onClick={() => void refreshPreview()}>
            {t('Look again')}
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => void openModule()}>
          {t('Another…')}
        </Button>
        <ActionIcon size="sm" aria-label={t('Remove {{name}}', { name })} onClick={removeModule}>
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </div>
    </section>
  );
}
