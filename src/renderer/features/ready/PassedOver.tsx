import { t } from '../../../languages/translate.ts';
import classes from './UnusableLines.module.css';

/** What a run would pass over, and why: formats that cannot be read, lines that are listed twice. */
export function PassedOver({ warnings }: { readonly warnings: readonly string[] }) {
  return (
    <section className={classes.box} aria-label={t('Passed over')}>
      {warnings.map((warning) => (
        <p key={warning} className={`${classes.note} selectable`}>
          {warning}
        </p>
      ))}
    </section>
  );
}
