import { z } from 'zod';

/** The page's dialogs, which a menu may open too. */
export const dialogNameSchema = z.enum(['paste', 'settings', 'shortcuts', 'about', 'crash']);
export type DialogName = z.infer<typeof dialogNameSchema>;
