import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { linuxLauncher } from '../../resources/builder/linux-files.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
const program = "'/opt/${sanitizedProductName}/${executable}'";
const launcher = `'/opt/\${sanitizedProductName}/${linuxLauncher}'`;

const notAtUpgrades = `# At an upgrade rpm runs this after the newer package's own script, with how many versions stay.
case $1 in [1-9]*) exit 0 ;; esac
`;

/**
 * electron-builder's scripts of a deb or rpm, with the launcher in the place of Electron's binary behind `/usr/bin/shoal`: that
 * starts the command line and the window.
 */
export function packageScript(when: 'install' | 'remove'): string {
  const templates = join(
    dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json')),
    'templates',
  );
  const theirs = readFileSync(join(templates, `linux/after-${when}.tpl`), 'utf8');
  if (!theirs.includes(program)) throw new Error(`electron-builder's after-${when}.tpl has changed.`);
  const ours = theirs.replaceAll(program, launcher);
  if (when === 'install') return ours;
  return `${ours.trimEnd().replace('#!/bin/bash\n', `$&\n${notAtUpgrades}`)}\n\nif hash update-desktop-database 2>/dev/null; then\n    update-desktop-database /usr/share/applications || true\nfi\n`;
}
