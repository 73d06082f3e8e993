/** The reference of the API: a page for each entry of the package, made by TypeDoc from the docstrings of what the entry exports. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Application, LogLevel, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { slugOf } from './slug.ts';

/** The entries whose pages come first: a name that several export is documented on the first of them, to which the others link. */
const first = ['index', 'service', 'memory'];

const placeOf = (entry: string) => (first.includes(entry) ? first.indexOf(entry) : first.length);

export const entries = readdirSync('src')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()
  .sort((one, other) => placeOf(one) - placeOf(other));

export const importPath = (entry: string): string => (entry === 'index' ? 'auxilio' : `auxilio/${entry}`);

/** Writes the pages of the API into the folder, and throws if a docstring links to what is not there. */
export async function writeApi(folder: string): Promise<void> {
  const options: TypeDocOptions & PluginOptions = {
    entryPoints: entries.map((entry) => `src/${entry}.ts`),
    entryPointStrategy: 'resolve',
    tsconfig: 'tsconfig.json',
    plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
    name: 'API',
    readme: 'none',
    out: folder,
    // `npm run types` reports errors of types.
    skipErrorChecking: true,
    disableSources: true,
    sort: ['kind', 'alphabetical'],
    kindSortOrder: ['Function', 'Variable', 'Interface', 'TypeAlias', 'Class', 'Reference'],
    groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', '*'],
    validation: { notExported: false, invalidLink: true, rewrittenLink: true },
    logLevel: LogLevel.Warn,
    outputFileStrategy: 'modules',
    entryFileName: 'entries',
    useHTMLAnchors: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: false,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'list',
    typeDeclarationFormat: 'list',
    formatWithPrettier: false,
  };
  const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
  const project = await app.convert();
  if (project === undefined) throw new Error('TypeDoc could not read the entries');
  for (const child of project.children ?? []) child.name = importPath(child.name);
  app.validate(project);
  await app.generateOutputs(project);
  for (const entry of entries) rewrite(`${folder}/${importPath(entry)}.md`);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('TypeDoc warns of the docstrings above');
}

const anchored = /^(?:<a id="([^"]+)"><\/a>\n\n)?(#{3,}) (.+)$/gm;

/**
 * Gives each heading the anchor that TypeDoc links to; one that occurs again on the page begins with that of its export. A section with
 * a version alone becomes a line of text.
 */
function rewrite(file: string): void {
  const written = readFileSync(file, 'utf8').replaceAll(/^#+ Since\n\n(\S+)$/gm, '*Since $1*');
  const headings = [...written.matchAll(anchored)].map(([, id, level, title = '']) => ({ id: idOf(id, title), level }));
  const taken = new Set(headings.filter(({ level }) => level === '###').map(({ id }) => id));
  let owner = '';
  const anchorOf = (level: string, id: string) => {
    if (level === '###') {
      owner = id;
      return id;
    }
    let free = headings.filter((one) => one.id === id).length === 1 ? id : `${owner}.${id}`;
    while (taken.has(free)) free += '.';
    taken.add(free);
    return free;
  };
  writeFileSync(
    file,
    written.replaceAll(anchored, (_, id: string | undefined, level: string, title: string) => {
      return `${level} ${title} {#${anchorOf(level, idOf(id, title))}}`;
    }),
  );
}

const idOf = (id: string | undefined, title: string) => id?.replaceAll('_', '-') ?? slugOf(title);
