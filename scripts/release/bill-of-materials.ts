import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

type Component = {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly group?: string;
  readonly version: string;
};
type Dependency = { readonly ref: string; readonly dependsOn: readonly string[] };
type Bill = {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
};

/** The packages whose code is in `dist`, as NOTICE lists them: `name version, license, in …`. */
export const bundled = (): string[] =>
  [...readFileSync('NOTICE', 'utf8').matchAll(/^(\S+) (\d+\.\d+\.\d+), /gm)].map(
    ([, name, version]) => `${name}@${version}`,
  );

/**
 * Makes the bill of materials of the package, CycloneDX in JSON: what it depends on, at the versions that its tests ran with, and what
 * is bundled into it. `npm sbom` lists the tools, too, and its `--omit dev` leaves out what a tool depends on as well.
 */
export function billOfMaterials(): Bill {
  const listing = execFileSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const bill: Bill = JSON.parse(listing);
  const { name, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const needed = [
    ...Object.keys(dependencies).map((dependency) => `${dependency}@${packages[`node_modules/${dependency}`].version}`),
    ...bundled(),
  ];
  const refs = new Set(needed);
  const missing = needed.filter((ref) => !bill.components.some((component) => component['bom-ref'] === ref));
  if (missing.length > 0) throw new Error(`The lockfile lacks ${missing.join(', ')}`);
  const root = { ...bill.metadata.component, name };
  return {
    ...bill,
    metadata: { ...bill.metadata, component: root },
    components: bill.components.filter((component) => refs.has(component['bom-ref'])),
    dependencies: [{ ref: root['bom-ref'], dependsOn: needed }, ...needed.map((ref) => ({ ref, dependsOn: [] }))],
  };
}
