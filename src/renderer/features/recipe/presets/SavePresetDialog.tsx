import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { t, told } from '../../../../languages/translate.ts';
import type { PresetTask } from '../../../../shared/presets/preset.ts';
import {
  isSamePresetName,
  presetName,
  presetNameFault,
  presetNameFaults,
} from '../../../../shared/presets/preset-name.ts';
import type { JobKind } from '../../../stores/inputs.ts';
import { presetsStore, presetTaskOf, savePreset } from '../../../stores/presets/presets.ts';
import type { SettingValues } from '../../../stores/setting-values.ts';
import { useStore } from '../../../stores/use-store.ts';
import classes from './PresetDialogs.module.css';

interface SaveFormProps {
  readonly kind: JobKind;
  readonly values: SettingValues;
  /** The name that is in the field at first. */
  readonly suggested: string;
  readonly onClose: () => void;
}

/** Asks for the name under which the settings are kept. */
export function SavePresetDialog({ opened, ...form }: SaveFormProps & { readonly opened: boolean }) {
  return (
    <Modal
      opened={opened}
      onClose={form.onClose}
      title={t('Save as preset')}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <SaveForm {...form} />
    </Modal>
  );
}

const held: Readonly<Record<PresetTask, () => string>> = {
  thumbs: () => t('It holds how thumbnails are made and of which images, not where they go.'),
  fetch: () =>
    t(
      'It holds how files are fetched, not where they go, and nothing that may be secret: no headers, cookies, passwords or proxies.',
    ),
  map: () => t('It holds which files are taken. All else of the task stands in its module.'),
};

function SaveForm({ kind, values, suggested, onClose }: SaveFormProps) {
  const [text, setText] = useState(suggested);
  const [isAsked, setIsAsked] = useState(false);
  /** The name that something has already. */
  const [taken, setTaken] = useState<string>();
  /** Why nothing was saved: told in the dialog, which covers where problems are told else. */
  const [problem, setProblem] = useState<string>();
  const name = presetName(text);
  const fault = presetNameFault(name);
  const save = async (replace: boolean) => {
    setIsAsked(true);
    if (fault !== undefined) return;
    setProblem(undefined);
    try {
      const outcome = await savePreset(kind, name, values, replace);
      if (outcome === 'taken') setTaken(name);
      else onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    void save(false);
  };
  // A name that is still typed is not said to be empty.
  const isTold = fault !== undefined && (isAsked || (fault !== 'empty' && fault !== 'end'));
  return (
    <form onSubmit={submitted} noValidate>
      <TextInput
        data-autofocus
        size="xs"
        label={t('Name')}
        description={held[presetTaskOf[kind]]()}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ description: classes.note ?? '', error: classes.note ?? '' }}
        value={text}
        error={isTold ? told(presetNameFaults[fault]) : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setTaken(undefined);
        }}
      />
      {problem !== undefined && (
        <p className={`${classes.problem} selectable`} role="alert">
          {problem}
        </p>
      )}
      {taken === undefined ? (
        <div className={classes.footer}>
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit">{t('Save')}</Button>
        </div>
      ) : (
        <>
          <TakenName name={taken} />
          <div className={classes.footer}>
            <Button variant="default" autoFocus onClick={() => setTaken(undefined)}>
              {t('Keep it')}
            </Button>
            <Button color="red.9" onClick={() => void save(true)}>
              {t('Replace it')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

const tasks: Readonly<Record<PresetTask, () => string>> = {
  thumbs: () => t('It is a preset for thumbnails.'),
  fetch: () => t('It is a preset for downloads.'),
  map: () => t('It is a preset for tasks of your own.'),
};

function TakenName({ name }: { readonly name: string }) {
  const there = useStore(presetsStore, ({ presets }) =>
    presets.find((preset) => isSamePresetName(preset.name, name)),
  );
  return (
    <p className={classes.question} role="alert">
      {t('“{{name}}” is there already.', { name: there?.name ?? name })}{' '}
      {there === undefined ? t('It is a file that cannot be used as a preset.') : tasks[there.task]()}{' '}
      {t('Replace it?')}
    </p>
  );
}
