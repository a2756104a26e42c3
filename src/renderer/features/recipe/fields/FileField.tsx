import { Button } from '@mantine/core';
import { t, told } from '../../../../languages/translate.ts';
import type { AccessFile, ChosenFile } from '../../../../shared/ipc/access.ts';
import type { Field } from '../../../../shared/settings/setting.ts';
import { chooseFile } from '../../../stores/job.ts';
import classes from './Fields.module.css';

interface FileFieldProps {
  readonly name: AccessFile;
  readonly field: Field;
  readonly value: ChosenFile | undefined;
  readonly onChange: (value: ChosenFile | undefined) => void;
}

/** A file that is chosen by the system's dialog: the page learns its name alone. */
export function FileField({ name, field, value, onChange }: FileFieldProps) {
  const label = told(field.label);
  const choose = async () => {
    const file = await chooseFile(name);
    if (file) onChange(file);
  };
  return (
    <fieldset className={classes.files}>
      <legend className={classes.label}>{label}</legend>
      <div className={classes.file}>
        <span className={classes.fileName} data-chosen={value !== undefined} title={value?.name}>
          {value?.name ?? t('None')}
        </span>
        <Button
          variant="default"
          size="compact-xs"
          aria-label={t('Choose a file: {{label}}', { label })}
          onClick={() => void choose()}
        >
          {t('Choose…')}
        </Button>
      </div>
      {field.hint !== undefined && <div className={classes.hint}>{told(field.hint)}</div>}
    </fieldset>
  );
}
