import { Button, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { languages, ownNameOf, t } from '../../../languages/translate.ts';
import { type Settings, settingsSchema, type Theme } from '../../../shared/ipc/settings.ts';
import { PageDialog } from '../../components/PageDialog.tsx';
import { Places } from '../../components/Places.tsx';
import { appStore, changeSettings } from '../../stores/app.ts';
import { useStore } from '../../stores/use-store.ts';
import { QueueSettings } from './QueueSettings.tsx';
import classes from './SettingsDialog.module.css';
import { UpdateSettings } from './UpdateSettings.tsx';

/** What holds for the app and not for one run: the recipes are set beside what they are used for. */
export function SettingsDialog() {
  return (
    <PageDialog name="settings" title={t('Settings')} size="md">
      <SettingsForm />
    </PageDialog>
  );
}

function themeChoices(): { value: Theme; label: string }[] {
  return [
    { value: 'system', label: t('As the system') },
    { value: 'light', label: t('Light') },
    { value: 'dark', label: t('Dark') },
  ];
}

function SettingsForm() {
  const settings = useStore(appStore, (state) => state.settings);
  return (
    <>
      <Group title={t('Colours')}>
        <SegmentedControl
          size="xs"
          aria-label={t('Colours')}
          data={themeChoices()}
          value={settings.theme}
          onChange={(theme) => changeSettings({ theme })}
        />
      </Group>
      <Group title={t('Language')}>
        <NativeSelect
          size="xs"
          aria-label={t('Language')}
          data={[
            { value: 'system', label: t('As the system') },
            ...languages.map((tag) => ({ value: tag, label: ownNameOf(tag) })),
          ]}
          value={languages.includes(settings.language) ? settings.language : 'system'}
          onChange={(event) => changeSettings({ language: event.currentTarget.value })}
        />
      </Group>
      <Group title={t('A new run')}>
        <Switch name="startAtOnce" label={t('Starts at once, without the preview')} />
      </Group>
      <Group title={t('When a run ends')}>
        <Switch name="notifyWhenDone" label={t('Notify me if I am not looking at the window')} />
        <Switch name="openWhenDone" label={t('Open the folder with what was made')} />
      </Group>
      <Group title={t('Queue for several machines')}>
        <QueueSettings />
      </Group>
      <Group title={t('Updates')}>
        <UpdateSettings />
      </Group>
      <Group title={t('Recipes')}>
        <p className={classes.words}>
          {t(
            'What you choose beside a preview (sizes, formats, limits, pool sizes) is kept for the next run.',
          )}
        </p>
        <Button variant="default" disabled={!haveChanged(settings)} onClick={setRecipesBack}>
          {t('Set all recipes back')}
        </Button>
      </Group>
      <Group title={t('Where things are kept')}>
        <Places />
      </Group>
    </>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      {children}
    </section>
  );
}

interface SwitchProps {
  readonly name: 'startAtOnce' | 'notifyWhenDone' | 'openWhenDone';
  readonly label: string;
}

function Switch({ name, label }: SwitchProps) {
  const checked = useStore(appStore, ({ settings }) => settings[name]);
  return (
    <Checkbox
      size="xs"
      label={label}
      checked={checked}
      onChange={(event) => changeSettings({ [name]: event.currentTarget.checked })}
    />
  );
}

const { thumbnails, fetch, recursive } = settingsSchema.parse({});
const firstRecipes = { thumbnails, fetch, recursive };

function haveChanged(settings: Settings): boolean {
  const { thumbnails, fetch, recursive, thumbnailsPoolSize, fetchPoolSize, mapPoolSize } = settings;
  if ([thumbnailsPoolSize, fetchPoolSize, mapPoolSize].some((size) => size !== undefined)) return true;
  return JSON.stringify({ thumbnails, fetch, recursive }) !== JSON.stringify(firstRecipes);
}

function setRecipesBack(): void {
  changeSettings({ ...firstRecipes, thumbnailsPoolSize: null, fetchPoolSize: null, mapPoolSize: null });
}
