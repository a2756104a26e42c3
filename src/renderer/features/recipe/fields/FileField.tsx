import { Button } from '@mantine/core';
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
  const choose = async () => {
    const file = await chooseFile(name);
    if (file) onChange(file);
  };
  return (
    <fieldset className={classes.files}>
      <legend className={classes.label}>{field.label}</legend>
      <div className={classes.file}>
        <span className={classes.fileName} data-chosen={value !== undefined} title={value?.name}>
          {value?.name ?? 'None'}
        </span>
        <Button
          variant="default"
          size="compact-xs"
          aria-label={`Choose a file: ${field.label}`}
          onClick={() => void choose()}
        >
          Choose…
        </Button>
      </div>
      {field.hint !== undefined && <div className={classes.hint}>{field.hint}</div>}
    </fieldset>
  );
}
