import { Slider } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import { gridSizes } from '../../../shared/ipc/settings.ts';
import { appStore, changeSettings } from '../../stores/app.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './ResultsView.module.css';

/** How large the pictures of the grid are. */
export function SizeSlider() {
  const size = useStore(appStore, ({ settings }) => settings.gridSize);
  return (
    <Slider
      className={classes.size ?? ''}
      size="sm"
      min={gridSizes.least}
      max={gridSizes.most}
      step={4}
      value={size}
      label={(value) => `${value} px`}
      thumbLabel={t('Size of the pictures')}
      onChange={(gridSize) => changeSettings({ gridSize })}
    />
  );
}
