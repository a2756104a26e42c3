import * as z from 'zod/mini';

const pixels = z.int().check(z.minimum(1));
const number = z.int().check(z.minimum(0));

function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  return schema.check(z.meta({ description })) as Schema;
}

const renditionSchema = z.strictObject({
  path: described(z.string(), 'Its file, relative to the folder of the manifest, with `/`.'),
  type: described(z.string(), 'Its media type, such as `image/webp`.'),
  width: described(pixels, 'In pixels.'),
  height: described(pixels, 'In pixels.'),
  bytes: described(number, 'The size of the file.'),
});

const pictureSchema = z.strictObject({
  input: described(z.string(), 'The original, relative to the folder of the manifest, with `/`.'),
  name: described(z.string(), 'The name of the original.'),
  renditions: described(
    z.array(renditionSchema).check(z.minLength(1)),
    'What was made of it, format by format and size by size, in the order in which they were asked for.',
  ),
  thumbHash: described(
    z.optional(z.string()),
    'What to show while it loads: a ThumbHash (evanw.github.io/thumbhash), base64.',
  ),
  colour: described(z.optional(z.string()), 'Its mean colour, as CSS writes it.'),
  srcset: described(
    z.record(z.string(), z.string()),
    'For each media type the text for `srcset`: addresses with their widths. What was cropped to another shape than the largest is left out.',
  ),
  picture: described(
    z.string(),
    'A `<picture>` element, ready to be put into a page beside the manifest: the format that all browsers show comes last. Its `alt` is empty: write what is to be seen.',
  ),
});

/** What `--manifest` writes. Its version changes only where something is taken away or gets another meaning. */
export const manifestSchema = z.strictObject({
  version: described(z.literal(1), 'The version of this form. New fields may come without a new version.'),
  title: described(z.string(), 'The name of the folder of the originals.'),
  count: described(number, 'How many pictures there are.'),
  missing: described(
    z.int(),
    'How many items have none, because they failed, would not have been smaller, or the run was ended before it came to them.',
  ),
  pictures: described(z.array(pictureSchema), 'In the order of the items: folder by folder, by name.'),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestPicture = Manifest['pictures'][number];
