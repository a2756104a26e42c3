import { Checkbox, NativeSelect } from '@mantine/core';
import { told } from '../../../../languages/translate.ts';
import type { Setting } from '../../../../shared/settings/setting.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { TypedField, type TypedFieldProps } from '../../../components/TypedField.tsx';
import type { NumberBounds } from '../../../lib/typed-number.ts';
import { readSetting, type TypedSetting, writtenSetting } from '../../../lib/typed-setting.ts';
import classes from './Fields.module.css';

interface SettingFieldProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly disabled?: boolean;
  readonly onChange: (value: unknown) => void;
}

/** A form field for a setting, with the bounds and words from the table of settings. */
export function SettingField({ setting, value, disabled = false, onChange }: SettingFieldProps) {
  const { hidden, choices: names, ...words } = setting.field ?? { label: setting.help };
  const label = told(words.label);
  const suffix = words.suffix && told(words.suffix);
  const hint = words.hint && told(words.hint);
  const typed = (of: TypedSetting, how: Pick<TypedFieldProps<unknown>, 'kind' | 'numeric'>) => (
    <TypedField
      label={label}
      hint={hint}
      {...(suffix !== undefined && { suffix })}
      {...how}
      disabled={disabled}
      text={writtenSetting(of, value)}
      read={(text) => readSetting(of, text)}
      onChange={onChange}
    />
  );
  // A number that nobody needs to choose can be left empty.
  if (setting.type === 'integer' && setting.default === undefined) return typed(setting, { numeric: true });
  switch (setting.type) {
    case 'switch':
      return (
        <Checkbox
          size="xs"
          label={label}
          checked={(value ?? setting.default) === true}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          size="xs"
          label={label}
          {...(hint !== undefined && { description: hint })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ description: classes.hint ?? '' }}
          value={String(value)}
          disabled={disabled}
          data={setting.choices.map((choice) => ({ value: choice, label: told(names?.[choice] ?? choice) }))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group
          size="xs"
          label={label}
          value={[...((value as readonly string[] | undefined) ?? [])]}
          onChange={(chosen) => onChange(setting.choices.filter((choice) => chosen.includes(choice)))}
        >
          <div className={classes.choices}>
            {setting.choices.map((choice) => (
              <Checkbox key={choice} size="xs" value={choice} label={told(names?.[choice] ?? choice)} />
            ))}
          </div>
        </Checkbox.Group>
      );
    case 'integer':
    case 'number':
    case 'seconds':
      return (
        <NumberField
          label={label}
          hint={hint}
          {...(suffix !== undefined && { suffix })}
          {...boundsOf(setting)}
          value={Number(value)}
          disabled={disabled}
          onChange={onChange}
        />
      );
    case 'json':
    case 'bytes':
    case 'text':
      return typed(setting, { kind: hidden ? 'hidden' : 'line' });
    case 'milliseconds':
      return typed(setting, { numeric: true });
    case 'texts':
    case 'headers':
      return typed(setting, { kind: 'lines' });
    default:
      throw new TypeError(`There is no field for a setting of the type ${setting.type}: ${label}`);
  }
}

function boundsOf(setting: Extract<Setting, { type: 'integer' | 'number' | 'seconds' }>): NumberBounds {
  const { min, max } = setting;
  const least = min === undefined ? {} : { min };
  if (setting.type === 'integer') return { ...least, max };
  if (setting.type === 'number') return { ...least, max, fractions: true };
  const { moreThan } = setting;
  return { ...least, ...(moreThan !== undefined && { moreThan }), max, fractions: true };
}
