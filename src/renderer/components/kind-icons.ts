import { IconDownload, IconMathFunction, IconPhoto } from '@tabler/icons-react';

/** What a run does with its items, as a picture. */
export const kindIcons = { thumbnails: IconPhoto, fetch: IconDownload, map: IconMathFunction } as const;
