/** The facts that a release rests on. */
export type Release = {
  readonly manifest: {
    readonly version: string;
    readonly homepage?: string;
    readonly repository?: { readonly url: string };
    readonly bugs?: { readonly url: string };
  };
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
  /** The changesets that no version has taken up yet. */
  readonly changesets: readonly string[];
  /** The tag that is released, where there is one. */
  readonly tag?: string | undefined;
  /** The files that differ from the commit, as `git status --porcelain` lists them. */
  readonly changed: readonly string[];
};

/** Says whether an address stands for one that is still to come: `.example` is reserved for that (RFC 2606). */
const isPlaceholder = (url = '') => !URL.canParse(url) || /(^|\.)example$/.test(new URL(url).hostname);

/** Lists what forbids a release, a sentence each. */
export function findObstacles({ manifest, changelog, changesets, tag, changed }: Release): string[] {
  const { version, homepage, repository, bugs } = manifest;
  const addresses = { homepage, repository: repository?.url, bugs: bugs?.url };
  const released = /^## (.+)$/m.exec(changelog)?.[1];
  return [
    ...Object.entries(addresses)
      .filter(([, url]) => isPlaceholder(url?.replace(/^git\+/, '')))
      .map(([field, url]) => `package.json: "${field}" is ${url === undefined ? 'missing' : `a placeholder: ${url}`}`),
    ...changesets.map((file) => `.changeset/${file} is in no version; run npm run release:version`),
    ...(released === version ? [] : [`CHANGELOG.md begins with ${released}, and package.json has version ${version}`]),
    ...(tag === undefined || tag === `v${version}`
      ? []
      : [`the tag is ${tag}, and package.json has version ${version}`]),
    ...changed.map((file) => `not committed: ${file}`),
  ];
}
