import { Slider, Switch, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../../../languages/translate.ts';
import type { SizeTried } from '../../../shared/ipc/run.ts';
import { setPoolSize } from '../../actions/run-actions.ts';
import { NumberField } from '../../components/NumberField.tsx';
import {
  appStore,
  choosePoolSize,
  chosenPoolSize,
  defaultPoolSize,
  isPoolAutomatic,
} from '../../stores/app.ts';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { runStore } from '../../stores/run.ts';
import { useStage } from '../../stores/stage.ts';
import { useStore } from '../../stores/use-store.ts';
import { usefulSize } from './knee.ts';
import classes from './PoolSlider.module.css';
import { SizesTried } from './SizesTried.tsx';
import { stopNearest, stopsUpTo } from './stops.ts';

const none: readonly SizeTried[] = [];

/** Whether the run finds its size by itself; a hand on the slider ends that. */
export function AutomaticSwitch() {
  const { isAutomatic, size } = usePool();
  return (
    <Switch
      size="xs"
      label={t('Automatic')}
      labelPosition="left"
      title={t('The run finds the size at which more would gain nothing')}
      checked={isAutomatic}
      onChange={(event) => setPoolSize(event.currentTarget.checked ? 'auto' : size)}
    />
  );
}

/**
 * The pool size: during a run it takes effect immediately, before one it is the size that the run starts with. A hand on
 * it ends what is automatic.
 */
export function PoolSlider() {
  const { kind, ceiling, usual, isAutomatic, size } = usePool();
  const atWork = useStage() === 'working';
  const sizes = useStore(runStore, ({ run }) => (atWork ? (run?.sizes ?? none) : none));
  const hosts = useStore(runStore, ({ run }) => (atWork && run?.state === 'running' ? run.hosts : undefined));
  const useful = usefulSize(hosts, ceiling);
  const stops = useMemo(() => stopsUpTo(ceiling), [ceiling]);
  const last = Math.max(1, stops.length - 1);
  return (
    <div>
      <div className={classes.row}>
        <div>
          <SizesTried sizes={sizes} stops={stops} />
          <div className={classes.scale}>
            <Slider
              className={classes.slider ?? ''}
              size={4}
              thumbSize={16}
              min={0}
              max={last}
              step={1}
              label={null}
              value={stopNearest(stops, size)}
              onChange={(at) => setPoolSize(stops[at] ?? size)}
              marks={[{ value: stopNearest(stops, usual) }]}
              thumbLabel={t('Pool size')}
              // The slider's own values are positions among the stops; a screen reader should read the size.
              thumbValueText={(at) => t('{{size}} at once', { size: stops[at] ?? size })}
              classNames={{ mark: classes.mark ?? '' }}
            />
            {useful !== undefined && (
              <div
                className={classes.useless}
                style={{ left: `${(stopNearest(stops, useful.size) / last) * 100}%` }}
              />
            )}
          </div>
        </div>
        <NumberField
          label={t('Pool size, typed')}
          hideLabel
          width={64}
          value={size}
          min={1}
          max={ceiling}
          onChange={setPoolSize}
        />
      </div>
      <div className={classes.legend}>
        <span className="numbers">{t('1 to {{ceiling}}', { ceiling })}</span>
        <UnstyledButton
          className={classes.usual ?? ''}
          disabled={size === usual && !isAutomatic}
          onClick={() => {
            setPoolSize(usual);
            choosePoolSize(kind, null);
          }}
        >
          {t('Default {{size}}', { size: usual })}
        </UnstyledButton>
      </div>
      {useful !== undefined && (
        <p className={`${classes.hint} numbers`}>
          {t('More than {{size}} does nothing now: {{because}}.', { ...useful })}
        </p>
      )}
    </div>
  );
}

function usePool() {
  const app = useStore(appStore, (state) => state);
  const atWork = useStage() === 'working';
  const activeKind = useStore(runStore, ({ run }) => (atWork ? run?.kind : undefined));
  const givenKind = useStore(inputsStore, kindOf);
  const kind = activeKind ?? givenKind;
  const ceiling = app.info?.poolCeiling ?? 1;
  const usual = defaultPoolSize(app, kind);
  const found = useStore(runStore, ({ run }) => (atWork && run?.poolAutomatic ? run.poolSize : undefined));
  const isAutomatic = isPoolAutomatic(app, kind);
  // While the run finds its size, the slider shows the one that it has.
  const size = (isAutomatic ? found : undefined) ?? chosenPoolSize(app, kind);
  return { kind, ceiling, usual, isAutomatic, size };
}
