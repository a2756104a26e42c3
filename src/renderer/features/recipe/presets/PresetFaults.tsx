import { t } from '../../../../languages/translate.ts';
import type { PresetList } from '../../../../shared/presets/preset-messages.ts';
import classes from './PresetField.module.css';

/** So many are told in full: the panel is for settings. */
const mostTold = 3;

/** The files that lie among the person's presets and cannot be used: they stay until somebody mends or removes them. */
export function PresetFaults({ faults }: Pick<PresetList, 'faults'>) {
  if (faults.length === 0) return null;
  const more = faults.length - mostTold;
  return (
    <ul className={classes.faults} aria-label={t('Presets that cannot be used')}>
      {faults.slice(0, mostTold).map(({ file, reason }) => (
        <li key={file} className="selectable">
          {t('{{file}} is no preset: {{reason}}', { file, reason })}
        </li>
      ))}
      {more > 0 && <li>{t('and {{count, number}} more', { count: more })}</li>}
    </ul>
  );
}
