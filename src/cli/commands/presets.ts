import { Command } from 'commander';
import type { PresetTask } from '../../shared/presets/preset.ts';
import {
  fetchOptionsOfPresets,
  mapRecipeOptions,
  option,
  thumbnailOptions,
  walkOptions,
} from '../flags/options.ts';
import type { SaveFlags } from './actions/presets/keep-presets.ts';

const examples = `
A preset is a recipe with a name: the settings of thumbs, fetch or map, which --preset takes. One's own are files in the
folder of configuration; the window has the same ones. A recipe may be any file: --recipe FILE takes it.

Examples:
  shoal presets                                        what there is
  shoal presets save thumbs shop --size 640 --format webp
  shoal thumbs photos --preset shop
  shoal presets save thumbs shop --preset web --quality 70 --yes
  shoal presets show shop > shop.json                  to send, or for --recipe shop.json
  shoal presets schema > preset.schema.json            for editors: name it in "$schema"`;

type Finish = (code: number) => void;
interface JsonFlags {
  readonly json?: boolean;
}
interface YesFlags {
  readonly yes?: boolean;
}

/** `shoal presets …`: the settings that have a name. */
export function presetsCommand(finish: Finish): Command {
  return new Command('presets')
    .description('list presets; show, save and remove them')
    .addCommand(listCommand(finish), { isDefault: true })
    .addCommand(showCommand(finish))
    .addCommand(saveCommand(finish))
    .addCommand(removeCommand(finish))
    .addCommand(schemaCommand(finish))
    .addHelpText('after', examples);
}

function listCommand(finish: Finish): Command {
  return new Command('list')
    .description('all presets, as a table')
    .addOption(option.json())
    .action(async (flags: JsonFlags) => {
      const { listPresets } = await import('./actions/presets/list-presets.ts');
      finish(await listPresets(flags));
    });
}

function showCommand(finish: Finish): Command {
  return new Command('show')
    .description('the settings of a preset, as --recipe takes them')
    .argument('<preset>', 'the preset')
    .action(async (name: string) => {
      const { showPreset } = await import('./actions/presets/list-presets.ts');
      finish(showPreset(name));
    });
}

/** A command for each task, with those of its flags that presets hold. */
function saveCommand(finish: Finish): Command {
  const options = {
    thumbs: [...thumbnailOptions(), ...walkOptions(), option.durable()],
    fetch: [...fetchOptionsOfPresets(), option.durable()],
    map: mapRecipeOptions(),
  };
  const save = new Command('save').description('keep settings under a name; asks before one is replaced');
  for (const [task, ofTask] of Object.entries(options)) {
    const command = new Command(task)
      .description(`keep settings of shoal ${task}`)
      .argument('<name>', 'the name of the preset');
    for (const each of ofTask) command.addOption(each);
    command
      .addOption(option.preset())
      .addOption(option.recipe())
      .addOption(option.yes())
      .action(async (name: string, flags: SaveFlags) => {
        const { savePresetOf } = await import('./actions/presets/keep-presets.ts');
        finish(await savePresetOf(task as PresetTask, name, flags));
      });
    save.addCommand(command);
  }
  return save;
}

function removeCommand(finish: Finish): Command {
  return new Command('remove')
    .description("remove one of one's own presets; asks first")
    .argument('<preset>', 'the preset')
    .addOption(option.yes())
    .action(async (name: string, flags: YesFlags) => {
      const { removePresetOf } = await import('./actions/presets/keep-presets.ts');
      finish(await removePresetOf(name, flags));
    });
}

function schemaCommand(finish: Finish): Command {
  return new Command('schema')
    .description('the JSON schema of presets and recipes, for editors')
    .action(async () => {
      const { tellPresetSchema } = await import('./actions/presets/preset-schema.ts');
      finish(tellPresetSchema());
    });
}
