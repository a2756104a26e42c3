import { z } from 'zod';

/** Folders in which the app keeps what is its own. */
export const placeNames = ['settings', 'history'] as const;
export type PlaceName = (typeof placeNames)[number];

/** Where they are, in words. */
export const placesSchema = z.strictObject({ settings: z.string(), history: z.string() });
export type Places = z.infer<typeof placesSchema>;
