import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t, told } from '../../../../languages/translate.ts';
import type { ChosenFile } from '../../../../shared/ipc/access.ts';
import type { Setting } from '../../../../shared/settings/setting.ts';
import { isAccessFile, type SettingValues } from '../../../stores/setting-values.ts';
import { isUsual, type NamedSetting } from './changed-settings.ts';
import classes from './Fields.module.css';
import { FileField } from './FileField.tsx';
import { fieldRows } from './field-rows.ts';
import { NameTemplateField } from './NameTemplateField.tsx';
import { SettingField } from './SettingField.tsx';

interface SettingFieldsProps {
  readonly settings: readonly NamedSetting[];
  readonly values: SettingValues;
  /** Whether a setting has no effect given the current values of the others. */
  readonly isIdle?: (key: string) => boolean;
  /** Undefined goes back to the default. */
  readonly onChange: (key: string, value: unknown) => void;
}

/** The fields of settings, each with a way back to its default where it has another value. */
export function SettingFields({ settings, values, isIdle, onChange }: SettingFieldsProps) {
  const field = ([key, setting]: NamedSetting) => (
    <FieldFrame
      key={key}
      label={told(setting.field?.label ?? '')}
      changed={!isUsual(setting, values[key])}
      onBack={() => onChange(key, undefined)}
    >
      {fieldOf(key, setting, values, isIdle?.(key) ?? false, (value) => onChange(key, value))}
    </FieldFrame>
  );
  return fieldRows(settings).map((row) =>
    row.length === 1 ? (
      row.map(field)
    ) : (
      <div key={row[0]?.[0]} className={classes.pair}>
        {row.map(field)}
      </div>
    ),
  );
}

function fieldOf(
  key: string,
  setting: Setting,
  values: SettingValues,
  disabled: boolean,
  onChange: (value: unknown) => void,
): ReactNode {
  const value = values[key];
  const { field } = setting;
  if (setting.type === 'file' && field && isAccessFile(key))
    return <FileField name={key} field={field} value={value as ChosenFile | undefined} onChange={onChange} />;
  if (setting.type === 'template')
    return (
      <NameTemplateField
        label={told(field?.label ?? '')}
        value={value as string | undefined}
        recipe={values as unknown as Parameters<typeof NameTemplateField>[0]['recipe']}
        onChange={onChange}
      />
    );
  return <SettingField {...{ setting, value, disabled, onChange }} />;
}

interface FieldFrameProps {
  readonly label: string;
  readonly changed: boolean;
  readonly onBack: () => void;
  readonly children: ReactNode;
}

function FieldFrame({ label, changed, onBack, children }: FieldFrameProps) {
  return (
    <div className={classes.frame} data-changed={changed}>
      {children}
      {changed && (
        <ActionIcon
          size="xs"
          className={classes.back ?? ''}
          aria-label={t('Set back: {{label}}', { label })}
          title={t('Set back')}
          onClick={onBack}
        >
          <IconArrowBackUp size={14} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
