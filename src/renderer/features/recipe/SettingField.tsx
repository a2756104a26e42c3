import { Checkbox, NativeSelect } from '@mantine/core';
import type { Setting } from '../../../shared/settings/setting.ts';
import { NumberField } from '../../components/NumberField.tsx';
import type { NumberBounds } from '../../lib/typed-number.ts';

interface SettingFieldProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly disabled?: boolean;
  readonly onChange: (value: unknown) => void;
}

/** A form field for a setting, with the bounds and words from the table of settings. */
export function SettingField({ setting, value, disabled = false, onChange }: SettingFieldProps) {
  const { label, suffix, choices: names } = setting.field ?? { label: setting.help };
  switch (setting.type) {
    case 'switch':
      return (
        <Checkbox
          size="xs"
          label={label}
          checked={value === true}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          size="xs"
          label={label}
          value={String(value)}
          disabled={disabled}
          data={setting.choices.map((choice) => ({ value: choice, label: names?.[choice] ?? choice }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'integer':
    case 'seconds':
      return (
        <NumberField
          label={label}
          {...(suffix !== undefined && { suffix })}
          {...boundsOf(setting)}
          value={Number(value)}
          disabled={disabled}
          onChange={onChange}
        />
      );
    default:
      throw new TypeError(`There is no field for a setting of the type ${setting.type}: ${label}`);
  }
}

function boundsOf(setting: Extract<Setting, { type: 'integer' | 'seconds' }>): NumberBounds {
  const { min, max } = setting;
  const least = min === undefined ? {} : { min };
  if (setting.type === 'integer') return { ...least, max };
  const { moreThan } = setting;
  return { ...least, ...(moreThan !== undefined && { moreThan }), max, fractions: true };
}
