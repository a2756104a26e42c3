/** What front ends need of a person's configuration. A door of its own, as every command goes through it at its start. */

export { readSmallFile } from '../../files/read-small-file.ts';
export { isWithin, realPath } from '../../files/real-path.ts';
export { configFolder } from '../../files/state/config-folder.ts';
