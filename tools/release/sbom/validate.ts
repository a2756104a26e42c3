import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { Bom } from './cyclonedx.ts';

/** @returns what CycloneDX's own schema has against it; undefined for nothing. */
export async function faultsOf(bom: Bom): Promise<string | undefined> {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
  const faults = await validator.validate(JSON.stringify(bom));
  return faults === null ? undefined : JSON.stringify(faults, undefined, 2);
}
