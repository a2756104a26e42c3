import { Slider, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { setPoolSize } from '../../actions/run-actions.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { appStore, choosePoolSize, chosenPoolSize, defaultPoolSize } from '../../stores/app.ts';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './PoolSlider.module.css';
import { stopNearest, stopsUpTo } from './stops.ts';

/** The pool size: during a run it takes effect immediately, before one it is the size that the run starts with. */
export function PoolSlider() {
  const app = useStore(appStore, (state) => state);
  const activeKind = useStore(runStore, ({ run }) => (run?.state === 'finished' ? undefined : run?.kind));
  const givenKind = useStore(inputsStore, kindOf);
  const kind = activeKind ?? givenKind;
  const ceiling = app.info?.poolCeiling ?? 1;
  const usual = defaultPoolSize(app, kind);
  const size = chosenPoolSize(app, kind);
  const stops = useMemo(() => stopsUpTo(ceiling), [ceiling]);
  const last = Math.max(1, stops.length - 1);
  return (
    <div>
      <div className={classes.row}>
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
          thumbLabel="Pool size"
          // The slider's own values are positions among the stops; a screen reader should read the size.
          thumbValueText={(at) => `${stops[at] ?? size} at once`}
          classNames={{ mark: classes.mark ?? '' }}
        />
        <NumberField
          label="Pool size, typed"
          hideLabel
          width={64}
          value={size}
          min={1}
          max={ceiling}
          onChange={setPoolSize}
        />
      </div>
      <div className={classes.legend}>
        <span className="numbers">1 to {ceiling}</span>
        <UnstyledButton
          className={classes.usual ?? ''}
          disabled={size === usual}
          onClick={() => {
            setPoolSize(usual);
            choosePoolSize(kind, null);
          }}
        >
          Default {usual}
        </UnstyledButton>
      </div>
    </div>
  );
}
