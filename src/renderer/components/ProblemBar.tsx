import { CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { t } from '../../languages/translate.ts';
import { forgetRefused, inputsStore } from '../stores/inputs.ts';
import { forgetProblem, problemStore } from '../stores/problem.ts';
import { useStore } from '../stores/use-store.ts';
import classes from './ProblemBar.module.css';

/** The one place that shows problems not about an item, in sentences. */
export function ProblemBar() {
  const problem = useStore(problemStore, (state) => state.problem);
  const refused = useStore(inputsStore, (state) => state.refused);
  return (
    <>
      {problem !== undefined && <Bar message={problem} close={forgetProblem} />}
      {refused[0] !== undefined && (
        <Bar
          message={
            refused.length === 1
              ? refused[0].message
              : `${refused[0].message} ${t('{{count, number}} more cannot be used either.', { count: refused.length - 1 })}`
          }
          close={forgetRefused}
        />
      )}
    </>
  );
}

function Bar({ message, close }: { readonly message: string; readonly close: () => void }) {
  return (
    <div className={classes.bar}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden className={classes.icon} />
      <div role="alert" className={`${classes.message} selectable`}>
        {message}
      </div>
      <CloseButton size="sm" aria-label={t('Dismiss')} onClick={close} />
    </div>
  );
}
