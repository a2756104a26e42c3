import { app } from 'electron';
import { speak, spokenOf } from '../../languages/translate.ts';
import type { Settings } from '../../shared/ipc/settings.ts';

/** The language that the window has where the person has chosen none. */
export function systemLanguage(): string {
  return spokenOf(app.getPreferredSystemLanguages());
}

/** Speaks the chosen language, in menus, dialogs and all that main says. */
export function speakAsChosen({ language }: Pick<Settings, 'language'>): void {
  speak(spokenOf([language, systemLanguage()]));
}
