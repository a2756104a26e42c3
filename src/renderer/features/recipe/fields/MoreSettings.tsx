import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { t, told } from '../../../../languages/translate.ts';
import type { Settings } from '../../../../shared/settings/setting.ts';
import type { SettingValues } from '../../../stores/setting-values.ts';
import { hasUnfitFields, unfitFieldsStore } from '../../../stores/unfit-fields.ts';
import { useStore } from '../../../stores/use-store.ts';
import { changedWords } from './changed-settings.ts';
import { foldedSettings } from './field-rows.ts';
import classes from './MoreSettings.module.css';
import { SettingFields } from './SettingFields.tsx';

interface MoreSettingsProps {
  readonly settings: Settings;
  readonly values: SettingValues;
  /** Undefined goes back to the default. */
  readonly onChange: (key: string, value: unknown) => void;
}

/** Folds away what few people change. Folded, it tells what differs from the defaults, or else what is in it. */
export function MoreSettings({ settings, values, onChange }: MoreSettingsProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const inner = useRef<HTMLDivElement>(null);
  // A field is marked as unfit once it is drawn so: what is drawn tells whether it is one of these.
  const someUnfit = useStore(unfitFieldsStore, hasUnfitFields);
  const unfit = someUnfit && inner.current?.querySelector('[aria-invalid="true"]') != null;
  const groups = foldedSettings(settings);
  const changed = changedWords(
    groups.flatMap((group) => group.settings),
    values,
  );
  const within = groups.map(({ group }) => told(group.toLowerCase())).join(', ');
  return (
    <div className={classes.more}>
      <UnstyledButton
        className={classes.fold ?? ''}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} stroke={2} aria-hidden className={classes.arrow} data-open={open} />
        <span>
          <b>{t('More')}</b>{' '}
          {unfit ? (
            <span className={classes.unfit}>{t('something in here cannot be used')}</span>
          ) : (
            <span className={classes.words} data-changed={changed !== ''}>
              {changed === '' ? within : changed}
            </span>
          )}
        </span>
      </UnstyledButton>
      {/* Hidden and not gone: what is typed in a field and cannot be used stays there, and holds the start up. */}
      <div id={id} ref={inner} hidden={!open} className={classes.groups}>
        {groups.map((group) => (
          <section key={group.group} className={classes.group} aria-label={told(group.group)}>
            <h3 className={classes.heading}>{told(group.group)}</h3>
            <SettingFields settings={group.settings} values={values} onChange={onChange} />
          </section>
        ))}
      </div>
    </div>
  );
}
