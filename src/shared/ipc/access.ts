import { z } from 'zod';
import { fetchAccessSettings } from '../settings/fetch-settings.ts';
import { schemaOf } from '../settings/schema-of.ts';

/** A file that the person chose for a setting. Only main knows its path. */
const chosenFileIdSchema = z.uuid().brand<'ChosenFileId'>();
export type ChosenFileId = z.infer<typeof chosenFileIdSchema>;

export const chosenFileSchema = z.strictObject({ id: chosenFileIdSchema, name: z.string() });
export type ChosenFile = z.infer<typeof chosenFileSchema>;

export const accessFiles = ['hostsFile', 'netrcFile', 'cookieFile', 'caFile'] as const;
export type AccessFile = (typeof accessFiles)[number];

const file = chosenFileIdSchema.optional();
const { user, password, proxy } = fetchAccessSettings;

/** What gives a fetch access to hosts. Part of a request alone: it is saved nowhere. */
export const accessSchema = z.strictObject({
  user: schemaOf(user),
  password: schemaOf(password),
  proxy: schemaOf(proxy),
  hostsFile: file,
  netrcFile: file,
  cookieFile: file,
  caFile: file,
});
export type Access = z.infer<typeof accessSchema>;

export const chooseFileSchema = z.strictObject({ setting: z.enum(accessFiles) });
