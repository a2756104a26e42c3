import { z } from 'zod';
import { headersSchema } from '../recipe.ts';
import { fetchAccessSettings } from '../settings/fetch-settings.ts';
import { runSettings, walkSettings } from '../settings/run-settings.ts';
import { schemaOf } from '../settings/schema-of.ts';
import { setKinds } from '../settings/set-kinds.ts';

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

/** Settings that last as long as the window: what is meant for some inputs alone, and what gives access to hosts. */
export const sessionSettingsSchema = z
  .strictObject({
    match: schemaOf(walkSettings.match),
    exclude: schemaOf(walkSettings.exclude),
    durable: schemaOf(runSettings.durable),
    sets: z.array(z.enum(setKinds)),
    headers: headersSchema,
    user: schemaOf(user),
    password: schemaOf(password),
    proxy: schemaOf(proxy),
    hostsFile: chosenFileSchema,
    netrcFile: chosenFileSchema,
    cookieFile: chosenFileSchema,
    caFile: chosenFileSchema,
  })
  .partial();
export type SessionSettings = z.infer<typeof sessionSettingsSchema>;
