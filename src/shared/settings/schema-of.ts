// zod's functions without its methods: loading the methods takes longer than a small run.
import * as z from 'zod/mini';
import type { Setting, Settings, ValueOf } from './setting.ts';
import { shardFault } from './shard.ts';

type Plain<Value> = z.ZodMiniType<Value, Value>;

type SchemaOf<Each extends Setting> = Each extends { readonly default: unknown }
  ? z.ZodMiniDefault<Plain<ValueOf<Each>>>
  : z.ZodMiniOptional<Plain<ValueOf<Each>>>;

type Shape<Table extends Settings, Own> = {
  -readonly [Key in keyof Table]: Key extends keyof Own ? Own[Key] : SchemaOf<Table[Key]>;
};

/**
 * The shape of an object schema for these settings, with their bounds and defaults.
 * @param own the schemas of settings that have no plain type.
 */
export function shapeOf<
  const Table extends Settings,
  Own extends Partial<Record<keyof Table, z.ZodMiniType>>,
>(settings: Table, own: Own): Shape<Table, Own> {
  const shape = Object.entries(settings).map(([key, setting]) => [key, own[key] ?? schemaOf(setting)]);
  return Object.fromEntries(shape) as Shape<Table, Own>;
}

export function schemaOf<Each extends Setting>(setting: Each): SchemaOf<Each> {
  const plain = plainSchemaOf(setting);
  const usual = 'default' in setting ? setting.default : undefined;
  return (usual === undefined ? z.optional(plain) : z._default(plain, usual)) as SchemaOf<Each>;
}

export function integer(least: number, most?: number) {
  const from = z.int().check(z.minimum(least));
  // Without a bound it is that of whole numbers, which would be told a second time.
  return most === undefined ? from : from.check(z.maximum(most));
}

function plainSchemaOf(setting: Setting): z.ZodMiniType {
  switch (setting.type) {
    case 'integer':
      return integer(setting.min, setting.max);
    case 'number':
      return z.number().check(z.minimum(setting.min), z.maximum(setting.max));
    case 'milliseconds':
      return integer(setting.min, setting.max);
    case 'json':
      return z.json();
    case 'bytes':
      return integer(setting.min);
    case 'seconds': {
      const { min, moreThan, max } = setting;
      const least = moreThan === undefined ? z.minimum(min ?? 0) : z.gt(moreThan);
      return z.number().check(least, z.maximum(max));
    }
    case 'switch':
      return z.boolean();
    case 'choice':
      return z.enum(setting.choices);
    case 'choices':
    case 'further':
      return z.array(z.enum(setting.choices));
    case 'text': {
      const { pattern, expected, mayBeEmpty } = setting;
      const text = mayBeEmpty ? z.string() : z.string().check(z.minLength(1));
      return pattern ? text.check(z.regex(pattern, `Expected ${expected}`)) : text;
    }
    case 'texts':
      return z.array(z.string().check(z.minLength(1)));
    case 'file':
      return z.string().check(z.minLength(1));
    case 'shard':
      return z.string().check(
        z.refine((text) => shardFault(text) === undefined, {
          error: ({ input }) => shardFault(String(input)),
        }),
      );
    default:
      throw new TypeError(`A setting of the type ${setting.type} has a schema of its own.`);
  }
}
