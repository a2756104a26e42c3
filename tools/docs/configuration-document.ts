import { keysOfSections, sectionOfAll, variableOf } from '../../src/cli/defaults/default-names.ts';
import type { SettingOption } from '../../src/cli/flags/setting-option.ts';
import { LazyEngine } from '../../src/cli/process/lazy-engine.ts';
import { createProgram } from '../../src/cli/program.ts';
import { environmentVariables } from '../../src/shared/settings/environment.ts';
import { table } from './table.ts';

const beginning = `# Configuration

The flags that are not of one call alone may have a default: in a variable of the environment, or in a file. A flag goes before its
variable, a variable before the file, and what is in the file before what Shoal has itself; [presets](presets.md) go before all but flags. \`shoal config\` tells what is set
and where, \`--verbose\` what a run got. The window has settings of its own, and shares the presets. A folder of pictures may have
a [\`shoal.json\` of its own](presets.md#the-shoaljson-of-a-folder), which goes before yours and may set less.

This page is written by \`node tools/write-docs.ts\` from the flags and from \`src/shared/settings/environment.ts\`.

## The file

\`shoal.json\` lies in the folder of configuration: \`~/.config/shoal\` on Linux (\`$XDG_CONFIG_HOME/shoal\`),
\`~/Library/Application Support/shoal\` on macOS, \`%APPDATA%\\shoal\\Config\` on Windows, or what \`SHOAL_CONFIG_DIR\` names.
\`shoal config path\` tells it.

\`\`\`json
{
  "$schema": "./schema.json",
  "all": { "pool": 8, "verbose": true },
  "thumbs": { "size": ["75", "320x240"], "format": "webp", "recursive": false },
  "fetch": { "out": "files", "per-host": 4, "header": ["Accept: image/webp"], "thumbs": 256 },
  "map": { "retries": 2 }
}
\`\`\`

- A section is that of a command, \`tune\` and \`runs\` with all below them, or \`all\`. That of the command goes before \`all\`, of which
  each command takes what it has flags for.
- A key is a flag without its dashes, and a value is written as on the command line: a text, a number, or \`true\` and \`false\` for a
  switch. A flag that begins with \`--no-\` is the switch without it: \`"journal": false\` is \`--no-journal\`. What may be repeated is a
  list. Relative paths are those from where the command is called.
- What means nothing beside the flags of a call is left out: \`--quality\` for a fetch without \`--thumbs\`, \`--pool\` for a run that
  is handed out by a queue.
- What is wrong ends the command with exit code 2 before anything is started, and is told with the line of the file. Nothing that is
  unknown is passed over.
- Where the file has a \`header\`, a \`user\` or a \`proxy\` and others of the machine can read it, that is warned of. A password
  belongs into \`SHOAL_PASSWORD\` or a netrc file.
- \`shoal config schema > "$(dirname "$(shoal config path)")/schema.json"\` writes what editors check and complete it by.

## Variables of flags

\`SHOAL_\` and the flag in capitals, with \`_\` for \`-\`. A switch is \`true\`, \`yes\`, \`on\` or \`1\`, or \`false\`, \`no\`, \`off\` or \`0\`;
an empty variable is none. What may be repeated is a line each, and sizes may have commas. These may have defaults; the others
are of one call alone.
`;

/** docs/configuration.md. */
export function configurationDocument(): string {
  const sections = keysOfSections(createProgram(() => {}, new LazyEngine()));
  const all = sections.get(sectionOfAll) ?? new Map<string, SettingOption>();
  const rows = [...all].map(([key, option]) => {
    const commands = [...sections].filter(([name, keys]) => name !== sectionOfAll && keys.has(key));
    const flag = `\`${option.flags}\``;
    const of = commands.length === sections.size - 1 ? 'all' : commands.map(([name]) => name).join(', ');
    return [`\`${key}\``, flag, `\`${variableOf(key)}\``, of];
  });
  const variables = environmentVariables.map(({ names, help }) => [
    names.map((name) => `\`${name}\``).join(', '),
    help,
  ]);
  return [
    beginning,
    `\n${table(['key', 'flag', 'variable', 'of'], rows)}`,
    '\n## Other variables\n\n',
    table(['variable', 'what it does'], variables),
  ].join('');
}
