import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { HostStanding } from '../../../shared/progress/hosts-standing.ts';
import { fetchSettings } from '../../../shared/settings/fetch-settings.ts';
import { changeLimit } from '../../actions/run-actions.ts';
import { NumberField } from '../../components/NumberField.tsx';
import classes from './HostsPanel.module.css';

const { min, max } = fetchSettings.perHost;

/** A host's name, which opens what can be done about it while the run is on. */
export function HostControls({ host: { host, atOnce, isHeld } }: { readonly host: HostStanding }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="left"
      withArrow
      trapFocus
      returnFocus
      hideDetached={false}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.name ?? ''}
          title={t('{{host}}, asked {{atOnce}} at once: hold it, or change that', { host, atOnce })}
          onClick={() => setOpened(!opened)}
        >
          <bdi>{host}</bdi>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.controls}>
          <NumberField
            label={t('At once')}
            value={atOnce}
            min={min}
            max={max}
            width={72}
            onChange={(value) => void changeLimit({ kind: 'per-host', host, atOnce: value })}
          />
          <Button
            variant="default"
            leftSection={isHeld ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
            onClick={() => void changeLimit({ kind: isHeld ? 'let-go' : 'hold', host })}
          >
            {t(isHeld ? 'Go on here' : 'Hold this host')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
