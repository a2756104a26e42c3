import { Box, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { t } from '../../../../languages/translate.ts';
import type { JobKind } from '../../../stores/inputs.ts';
import {
  choosePreset,
  loadPresets,
  type OfferedPreset,
  presetsFor,
  presetsStore,
  shownPreset,
} from '../../../stores/presets/presets.ts';
import { useSettingValues } from '../../../stores/setting-values.ts';
import { hasUnfitFields, unfitFieldsStore } from '../../../stores/unfit-fields.ts';
import { useStore } from '../../../stores/use-store.ts';
import { PresetFaults } from './PresetFaults.tsx';
import classes from './PresetField.module.css';
import { aboutPreset, labelOf } from './preset-words.ts';
import { RemovePresetDialog } from './RemovePresetDialog.tsx';
import { SavePresetDialog } from './SavePresetDialog.tsx';

/** The preset that the settings are, and a menu of all that there are for this kind of run. */
export function PresetField({ kind }: { readonly kind: JobKind }) {
  const [dialog, setDialog] = useState<'save' | 'remove'>();
  const state = useStore(presetsStore, (presets) => presets);
  const values = useSettingValues(kind);
  const label = useId();
  const unfit = useStore(unfitFieldsStore, hasUnfitFields);
  useEffect(() => void loadPresets(), []);
  const offered = presetsFor(kind, state);
  const { preset, isChanged = false } = shownPreset(kind, offered, values, state.chosen[kind]) ?? {};
  const name = preset === undefined ? t('None') : labelOf(preset);
  const own = preset?.isOwn === true ? preset : undefined;
  const choose = (chosen: string) => {
    const wanted = offered.find((each) => each.name === chosen);
    if (wanted !== undefined) choosePreset(kind, wanted);
  };
  return (
    <div>
      <div className={classes.heading}>
        <span id={label} className={classes.label}>
          {t('Preset')}
        </span>
        {isChanged && <span className={classes.changed}>{t('changed')}</span>}
      </div>
      <Menu
        position="bottom-end"
        width="target"
        // In the panel that it belongs to, and not cut off at its edge.
        withinPortal={false}
        floatingStrategy="fixed"
        // The chosen one has the focus, not an element that is no item of the menu.
        withInitialFocusPlaceholder={false}
        menuItemTabIndex={0}
        onOpen={() => void loadPresets()}
      >
        <Menu.Target>
          <Button
            variant="default"
            fullWidth
            px={10}
            justify="space-between"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={
              isChanged ? t('Preset: {{name}}, changed', { name }) : t('Preset: {{name}}', { name })
            }
          >
            <span className={classes.name}>{name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-labelledby={label} className={classes.menu ?? ''}>
          <Menu.RadioGroup value={isChanged ? null : (preset?.name ?? null)} onChange={choose}>
            <Items presets={offered.filter(({ isOwn }) => !isOwn)} focused={preset?.name} />
            {offered.some(({ isOwn }) => isOwn) && (
              <Box role="group" aria-label={t('Your own')}>
                <Menu.Label aria-hidden>{t('Your own')}</Menu.Label>
                <Items presets={offered.filter(({ isOwn }) => isOwn)} focused={preset?.name} />
              </Box>
            )}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconDeviceFloppy size={14} aria-hidden />}
            disabled={unfit}
            onClick={() => setDialog('save')}
          >
            {t('Save as preset…')}
          </Menu.Item>
          {own && (
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setDialog('remove')}>
              {t('Remove {{name}}…', { name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <PresetFaults faults={state.faults} />
      <SavePresetDialog
        opened={dialog === 'save'}
        suggested={own?.name ?? ''}
        {...{ kind, values }}
        onClose={() => setDialog(undefined)}
      />
      <RemovePresetDialog
        preset={dialog === 'remove' ? own : undefined}
        onClose={() => setDialog(undefined)}
      />
    </div>
  );
}

interface ItemsProps {
  readonly presets: readonly OfferedPreset[];
  /** The one that has the focus when the menu opens; else it is the first. */
  readonly focused: string | undefined;
}

function Items({ presets, focused }: ItemsProps) {
  return presets.map((preset) => (
    <Menu.RadioItem
      key={preset.name}
      value={preset.name}
      closeMenuOnClick
      data-autofocus={preset.name === focused || undefined}
    >
      <span className={classes.item}>{labelOf(preset)}</span>
      <span className={classes.about}>{aboutPreset(preset)}</span>
    </Menu.RadioItem>
  ));
}
